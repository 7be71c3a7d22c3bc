// Two long jobs and four short ones. Who runs when is yours to decide.
scenario "Choose the scheduler"

processor cpu {
  switch_cost 1
  // edit: begin choice
  cores 1
  scheduler fifo
  // edit: end
}

thread report with arrival 0 { work 50 }
thread backup with arrival 2 { work 30 }
thread letter[i in 0..4] with arrival 6 + 8 * i { work 4 }
