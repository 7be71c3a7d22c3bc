// Three workers, two phases: nobody may begin the second before all have done the first.
scenario "Two phases"

atomic first = 0
atomic too_early = 0

// edit: begin workers
// fails: nobody is too early: a schedule ends in a deadlock
// fails: nobody waits for ever: deadlock
// fails: the phases are worked on side by side: does not come to its end
barrier meet(4)

thread worker[i in 0..3] {
  work 5
  first.add(1)
  wait meet
  if first < 3 { too_early.add(1) }
  work 5
}
// edit: end
