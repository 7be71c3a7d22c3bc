// Two of a kind make a boat. The one who completes it is captain and keeps the list closed until
// both are aboard, so that nobody of the other kind can slip in.
//
// Concept: passing the baton
// Verdict: safe
// Twin: river_broken.cl
// Source: Allen Downey: The Little Book of Semaphores, the river crossing (with boats of four)
// Checked by: oracle
// Next: Downey's boats carry four, all of a kind or two and two. What changes?
scenario "Two boats that never mix"

atomic aboard[2] = 0
shared waiting[2] = 0
semaphore list(1)
semaphore bank[2](0)
barrier full(2)

thread person[i in 0..4] {
  let kind = i % 2
  let captain = false
  acquire list
  waiting[kind] += 1
  if waiting[kind] == 2 {
    captain = true
    waiting[kind] = 0
    release bank[kind]
    release bank[kind]
  } else {
    release list
  }
  acquire bank[kind]
  aboard[kind].add(1)
  wait full
  if captain {
    assert aboard[kind] == 2, "a mixed boat"
    aboard[kind] = 0
    release list
  }
}

expect no deadlock
expect no race
