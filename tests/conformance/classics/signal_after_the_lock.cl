// complete: 7  finished: 7
// By hand: p first (acquire, read, write, release), then its signal is anywhere among c's five steps
// (acquire, read, read, write, release): 6. c first (acquire, read, wait): then all of p, and c: 1.
shared n = 0
lock m
condition filled
thread p {
  lock m { n += 1 }
  signal filled
}
thread c {
  lock m {
    while n == 0 { wait filled }
    n -= 1
  }
}
expect finally n == 0
expect no race
