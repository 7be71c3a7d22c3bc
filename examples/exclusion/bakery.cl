// Everybody draws a number larger than all in sight, and the smallest is served. Two may draw the
// same number, then the name decides; and nobody is judged while still drawing.
//
// Concept: mutual exclusion
// Verdict: safe
// Twin: bakery_broken.cl
// Source: L. Lamport: A new solution of Dijkstra's concurrent programming problem (1974)
// Checked by: oracle
// Next: the numbers can grow for ever; what would you do on a machine with small words?
scenario "The bakery"

atomic choosing[2] = false
atomic number[2] = 0
shared count = 0

thread p[i in 0..2] {
  choosing[i] = true
  let mine = 1 + max(number[0], number[1])
  number[i] = mine
  choosing[i] = false
  let k = 1 - i
  while choosing[k] { }
  let his = number[k]
  while his != 0 and (his < mine or his == mine and k < i) { his = number[k] }
  section critical { count += 1 }
  number[i] = 0
}

expect at most 1 in critical
expect outcomes count == {2}
expect no race
