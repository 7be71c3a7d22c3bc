// With writers preferred, nobody may begin to read once a writer waits. Those inside finish, and
// the writer is next.
//
// Concept: readers and writers
// Verdict: safe
// Twin: writers_first_broken.cl
// Source: P. Courtois, F. Heymans, D. Parnas: Concurrent control with readers and writers (1971),
//   the second problem
// Checked by: hand
// By hand: as soon as the writer stands at its lock no reader can enter; the two inside leave;
//   from then on nothing keeps the writer from going on, so it does, and the readers are free
//   again.
// Next: now let the writer come for ever, and ask about the readers.
scenario "A waiting writer stops new readers"

rwlock table with prefer_writers

thread reader[i in 0..2] {
  loop {
    read table { work 1 }
  }
}
thread writer {
  write table { work 1 }
}

expect no starvation
