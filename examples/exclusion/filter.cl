// Peterson for many: on each of N - 1 levels at least one of those who arrive is held back, so one
// is left at the end.
//
// Concept: mutual exclusion
// Verdict: safe
// Twin: filter_broken.cl
// Source: G. L. Peterson (1981); named so by M. Herlihy and N. Shavit: The Art of Multiprocessor
//   Programming
// Checked by: oracle, spin, harmony
// Next: how often may a thread be overtaken while it waits at level 1?
scenario "The filter lock"

const N = 3

atomic level[N] = 0
atomic victim[N] = 0
shared count = 0

thread p[i in 0..N] {
  for l in 1..N {
    level[i] = l
    victim[l] = i
    let held = true
    while held {
      held = false
      for k in 0..N {
        if k != i and level[k] >= l { held = true; break }
      }
      if held { held = victim[l] == i }
    }
  }
  section critical { count += 1 }
  level[i] = 0
}

expect at most 1 in critical
expect outcomes count == {3}
expect no race
