// One sender is done and closes the channel behind itself. The other one is still sending.
//
// Concept: closing
// Verdict: error
// Twin: fan_in.cl
// Source: the Go blog on pipelines and cancellation (2014)
// Checked by: oracle
// Next: may a receiver close a channel, then?
scenario "The first to finish closes"

channel merged
semaphore finished(0)
shared sum = 0

thread sender[i in 0..2] {
  repeat 2 { merged <- i + 1 }
  release finished
}
thread closer {
  acquire finished
  close merged
}
thread receiver {
  for n in merged { sum += n }
}

expect possible sum == 6
expect error "send on a closed channel"
