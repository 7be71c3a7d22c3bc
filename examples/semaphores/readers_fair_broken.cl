// Writers are preferred. Two of them who come again and again are always there before the reader.
//
// Concept: readers and writers
// Verdict: starvation
// Twin: readers_fair.cl
// Source: J. Mellor-Crummey and M. Scott: Scalable reader-writer synchronization (1991), the
//   ticket variant
// Checked by: hand
// By hand: at any time one writer is inside and the other stands at the lock; while a writer
//   stands there no reader may enter.
// Next: a library where everybody writes all the time: which lock would you take?
scenario "A reader that every writer overtakes"

rwlock table with prefer_writers

thread writer[i in 0..2] {
  loop {
    write table { work 1 }
  }
}
thread reader {
  loop {
    read table { work 1 }
  }
}

expect starvation
expect leak
