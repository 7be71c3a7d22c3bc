// infinite: true
// By hand: a unit given back while somebody waits goes to one of those who wait, and that is the other.
semaphore s(1)
thread t[i in 0..2] { loop { acquire s; section critical { } ; release s } }
expect no starvation
expect at most 1 in critical
