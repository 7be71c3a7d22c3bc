// infinite: true
// By hand: of two writers that go round one always holds t and the other always waits for it, and
// whoever waits to write comes before the reader.
scenario "Writers first, for ever"
rwlock t with prefer_writers
shared read_ = false
thread reader { read t { read_ = true } }
thread writer[i in 0..2] { loop { write t { section writing { } } } }
expect leak
expect always not read_
expect at most 1 in writing
expect no livelock
