// Several senders share a channel, so none of them can know when to close it. Somebody waits for
// all of them and does it.
//
// Concept: closing
// Verdict: safe
// Twin: fan_in_broken.cl
// Source: the Go blog on pipelines and cancellation (2014)
// Checked by: oracle
// Next: write it without the third thread, by counting the messages.
scenario "Many senders, closed once"

channel merged
semaphore finished(0)
shared sum = 0

thread sender[i in 0..2] {
  repeat 2 { merged <- i + 1 }
  release finished
}
thread closer {
  repeat 2 { acquire finished }
  close merged
}
thread receiver {
  for n in merged { sum += n }
}

expect finally sum == 6
expect no deadlock
