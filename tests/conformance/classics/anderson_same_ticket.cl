// verdict: violated  infinite: true
// By hand: both read the ticket 0 before either counts it up, and slot 0 is open for both.
scenario "Anderson's lock with a ticket that is read and then written"
shared next = 0
atomic open = [1, 0, 0]
thread p[i in 0..2] {
  let mine = next
  next = mine + 1
  while open[mine] == 0 { }
  section critical { }
  open[mine + 1] = 1
}
expect at most 1 in critical
expect race on next
expect lost_update on next
