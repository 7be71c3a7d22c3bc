// complete: 4  finished: 4  chance missed = 1: 1/4
// By hand: a first, then b's try between its two steps: half of half; b's write and a's release
// then come in two orders. Otherwise nothing is left to choose: one schedule each.
shared missed = 0
lock m
thread a { lock m { } }
thread b {
  if try_acquire m { release m } else { missed = 1 }
}
expect outcomes missed == {0, 1}
