// `+=` on shared memory is a read and a write; on an atomic one a load and a store; `.add` is one.
scenario "increments"

shared plain = 0
atomic loaded = 0
atomic added = 0
atomic swapped = 1
atomic taken = 0
atomic winners = 0

thread one[i in 0..2] {
  plain += 1
  added.add(1)
}
thread two[i in 0..2] {
  let seen = loaded
  loaded = seen + 1
  if taken.cas(0, 1) { winners.add(1) }
}
thread three {
  let old = swapped.swap(5)
  assert old == 1 and swapped == 5
}

expect outcomes (plain, added) == {(1, 2), (2, 2)}
expect outcomes loaded == {1, 2}
expect finally winners == 1 and taken == 1
expect race on plain
