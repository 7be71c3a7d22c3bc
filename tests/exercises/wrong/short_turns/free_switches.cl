// One core, three people at the counter. How long may a turn be?
scenario "Short turns"

// edit: begin counter
// fails: few switches: Too much time goes into switching
// fails: a switch still costs a tick, and there is one core: The machine itself was changed
processor counter {
  cores 1
  scheduler round_robin(quantum: 1)
  switch_cost 0
}
// edit: end

thread ann { work 12 }
thread ben { work 4 }
thread cat { work 4 }
