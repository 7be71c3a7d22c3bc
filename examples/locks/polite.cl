// Who finds the second lock taken gives the first one back. Here only one of the two is so polite,
// and it waits for the other to have passed before it tries again.
//
// Concept: livelock
// Verdict: safe
// Twin: polite_broken.cl
// Checked by: oracle
// Next: leave out the line that waits: which kind of fairness would still help?
scenario "Step aside, then wait"

lock side[2]

thread anna {
  acquire side[0]
  acquire side[1]
  section corridor { work 1 }
  release side[1]
  release side[0]
}
thread ben {
  loop {
    acquire side[1]
    if try_acquire side[0] { break }
    release side[1]
    lock side[0] { }
  }
  section corridor { work 1 }
  release side[0]
  release side[1]
}

expect at most 1 in corridor
expect no deadlock
expect no livelock
