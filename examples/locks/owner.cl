// A lock belongs to the thread that took it. The guard that may open for somebody else is a
// semaphore, and it says so by its kind.
//
// Concept: ownership
// Verdict: safe
// Twin: owner_broken.cl
// Checked by: oracle
// Next: what else does a semaphore allow that a lock does not, and what does it lose?
scenario "Whoever took it gives it back"

shared parcels = 0
semaphore door(1)

thread courier {
  acquire door
  parcels += 1
}
thread porter {
  while parcels == 0 { }
  release door
}

expect finally parcels == 1
expect race on parcels
