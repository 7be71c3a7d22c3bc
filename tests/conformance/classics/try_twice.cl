// complete: 6  finished: 6  chance got = 2: 1/4
// By hand: the second try stands before, between or after the two steps of the one who has it; after
// both with 1/2 times 1/2.
scenario "Whoever tries and fails goes home"
lock m
atomic got = 0
thread p[i in 0..2] {
  if try_acquire m {
    got.add(1)
    release m
  }
}
expect possible got == 1
expect no race
