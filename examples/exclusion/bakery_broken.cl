// Somebody has computed a number and not yet written it down. The other one sees no number, goes
// in, and then the first writes its equal number and has the smaller name.
//
// Concept: mutual exclusion
// Verdict: exclusion
// Twin: bakery.cl
// Source: L. Lamport: A new solution of Dijkstra's concurrent programming problem (1974)
// Checked by: oracle
// Next: would one indivisible step for drawing make `choosing` superfluous?
scenario "A bakery that does not wait for those who draw"

atomic choosing[2] = false
atomic number[2] = 0
shared count = 0

thread p[i in 0..2] {
  choosing[i] = true
  let mine = 1 + max(number[0], number[1])
  number[i] = mine
  choosing[i] = false
  let k = 1 - i
  let his = number[k]
  while his != 0 and (his < mine or his == mine and k < i) { his = number[k] }
  section critical { count += 1 }
  number[i] = 0
}

expect outcomes count == {1, 2}
expect race on count
