// One level holds back one thread of three. The other two are both inside.
//
// Concept: mutual exclusion
// Verdict: exclusion
// Twin: filter.cl
// Source: G. L. Peterson (1981); named so by M. Herlihy and N. Shavit: The Art of Multiprocessor
//   Programming
// Checked by: oracle
// Next: how many are inside at once with four threads and a single level?
scenario "A filter with one level too few"

const N = 3

atomic level[N] = 0
atomic victim[N] = 0
shared count = 0

thread p[i in 0..N] {
  for l in 1..N - 1 {
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

expect outcomes count == {2, 3}
expect race on count
