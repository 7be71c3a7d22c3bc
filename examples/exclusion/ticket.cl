// Draw a ticket, wait until your number is called. One indivisible addition gives each a number of
// its own, and the numbers are served in order.
//
// Concept: spinlock
// Verdict: safe
// Twin: ticket_broken.cl
// Source: D. Reed and R. Kanodia: Synchronization with eventcounts and sequencers (1979)
// Checked by: oracle
// Next: all wait for one word: what does each change of it cost on many cores?
scenario "The ticket lock"

atomic tickets = 0
atomic serving = 0
shared count = 0

thread p[i in 0..3] {
  let mine = tickets.add(1)
  while serving != mine { }
  section critical { count += 1 }
  serving = mine + 1
}

expect at most 1 in critical
expect outcomes count == {3}
expect no race
