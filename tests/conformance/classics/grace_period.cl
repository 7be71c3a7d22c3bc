// infinite: true
// By hand: the reader sees the old or the new version; the old one is not taken away while somebody
// is registered as reading. (Waiting for that goes round by looking: endless.)
scenario "Read, copy, update: the old version goes when nobody reads"
atomic current = 0
atomic readers = 0
shared data = [1, 0]
shared seen = 0
thread reader {
  readers.add(1)
  seen = data[current]
  readers.add(-1)
}
thread writer {
  data[1] = 2
  current = 1
  while readers != 0 { }
  data[0] = -1
}
expect outcomes seen == {1, 2}
expect no race
expect no deadlock
