// Readers may join readers. Two who relieve each other keep the table occupied, and the writer
// waits for a moment that never comes.
//
// Concept: readers and writers
// Verdict: starvation
// Twin: writers_first.cl
// Source: P. Courtois, F. Heymans, D. Parnas: Concurrent control with readers and writers (1971),
//   the second problem
// Checked by: hand
// By hand: reader 0 enters; then for ever: reader 1 enters, reader 0 leaves, reader 0 enters,
//   reader 1 leaves. The writer can never go in.
// Next: with how many readers at least is this possible?
scenario "Readers that never all leave"

rwlock table

thread reader[i in 0..2] {
  loop {
    read table { work 1 }
  }
}
thread writer {
  write table { work 1 }
}

expect starvation
