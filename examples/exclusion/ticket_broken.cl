// The number is read, then raised. Two customers may hold the same ticket; both are called at
// once.
//
// Concept: spinlock
// Verdict: exclusion
// Twin: ticket.cl
// Source: D. Reed and R. Kanodia: Synchronization with eventcounts and sequencers (1979)
// Checked by: oracle
// Next: what happens to the third customer after two had number 0?
scenario "Tickets drawn in two steps"

atomic tickets = 0
atomic serving = 0
shared count = 0

thread p[i in 0..3] {
  let mine = tickets
  tickets = mine + 1
  while serving != mine { }
  section critical { count += 1 }
  serving = mine + 1
}

expect possible count == 2
expect race on count
