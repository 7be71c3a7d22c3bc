// The list is free again as soon as the four names are on it. People of two boats meet at the
// landing, and the first two who come sail, whoever they are.
//
// Concept: passing the baton
// Verdict: wrong result
// Twin: river.cl
// Source: Allen Downey: The Little Book of Semaphores, the river crossing (with boats of four)
// Checked by: oracle
// Next: can a boat sail without a captain?
scenario "A captain who opens the list too early"

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
  }
  release list
  acquire bank[kind]
  aboard[kind].add(1)
  wait full
  if captain {
    assert aboard[kind] == 2, "a mixed boat"
    aboard[kind] = 0
  }
}

expect error "a mixed boat"
