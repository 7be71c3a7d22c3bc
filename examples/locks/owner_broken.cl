// The porter gives back a lock that the courier holds. Some libraries let this pass and are broken
// from then on; here it is an error of its own.
//
// Concept: ownership
// Verdict: error
// Twin: owner.cl
// Checked by: oracle
// Next: what could go wrong if it were allowed? Think of a third thread that just got the lock.
scenario "Releasing somebody else's lock"

shared parcels = 0
lock door

thread courier {
  acquire door
  parcels += 1
}
thread porter {
  while parcels == 0 { }
  release door
}

expect error "release of a lock not held"
expect race on parcels
