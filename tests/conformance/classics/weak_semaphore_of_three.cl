// infinite: true
// By hand: of two who wait always the same one may be passed over.
semaphore s(1)
thread t[i in 0..3] { loop { acquire s; section critical { } ; release s } }
expect starvation
expect at most 1 in critical
