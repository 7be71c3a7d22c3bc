// complete: 1  finished: 1
// By hand: the writer waits from the start, so the reader cannot begin before it; then it is alone,
// and may read inside of reading. (If the writer came later, the reader's second try would wait.)
scenario "A reader inside of itself, and a writer who comes first"
rwlock t with prefer_writers
thread reader { read t { read t { } } }
thread writer { write t { } }
expect no deadlock
