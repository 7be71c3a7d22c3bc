// Three workers, two phases: nobody may begin the second before all have done the first.
scenario "Two phases"

atomic first = 0
atomic too_early = 0

// edit: begin workers
barrier meet(3)

thread worker[i in 0..3] {
  work 5
  first.add(1)
  wait meet
  if first < 3 { too_early.add(1) }
  work 5
}
// edit: end
