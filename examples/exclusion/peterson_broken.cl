// The two assignments at the entry are exchanged. Now one can be polite, the other can be polite
// after it and go in because no flag is up, and then the first one goes in because the turn is its
// own.
//
// Concept: mutual exclusion
// Verdict: exclusion
// Twin: peterson.cl
// Source: G. L. Peterson: Myths about the mutual exclusion problem (1981)
// Checked by: oracle
// Next: the shortest schedule is short enough to play it with two coins on a table.
scenario "Peterson, polite before announced"

atomic want[2] = false
atomic turn = 0
shared owner = 0

thread p[i in 0..2] {
  loop {
    turn = 1 - i
    want[i] = true
    while want[1 - i] and turn == 1 - i { }
    section critical { owner = i }
    want[i] = false
  }
}

expect race on owner
expect reachable want[0] and want[1]
