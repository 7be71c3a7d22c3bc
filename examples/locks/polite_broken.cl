// Both give back what they have in the same moment, and both come again in the same moment. Nobody
// is blocked, everybody is busy, and nobody gets through.
//
// Concept: livelock
// Verdict: livelock
// Twin: polite.cl
// Checked by: oracle
// Next: why does this hardly ever go on for ever on a real machine, and why is that no comfort?
scenario "Two polite people in a corridor"

lock side[2]

thread anna {
  loop {
    acquire side[0]
    if try_acquire side[1] { break }
    release side[0]
  }
  section corridor { work 1 }
  release side[1]
  release side[0]
}
thread ben {
  loop {
    acquire side[1]
    if try_acquire side[0] { break }
    release side[1]
  }
  section corridor { work 1 }
  release side[0]
  release side[1]
}

expect at most 1 in corridor
expect no deadlock
expect livelock
