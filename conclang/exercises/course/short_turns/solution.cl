// One core, three people at the counter. How long may a turn be?
scenario "Short turns"

// edit: begin counter
processor counter {
  cores 1
  scheduler round_robin(quantum: 4)
  switch_cost 1
}
// edit: end

thread ann { work 12 }
thread ben { work 4 }
thread cat { work 4 }
