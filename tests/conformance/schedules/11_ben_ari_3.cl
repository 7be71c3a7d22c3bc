// note: both flags up, both threads test for ever: no thread is blocked, it is a livelock of busy waiting
scenario "Third attempt: raise the flag, then look"
shared want[2] = 0
thread p[i in 0..2] {
  loop {
    want[i] = 1
    while want[1 - i] == 1 { }
    section critical { }
    want[i] = 0
  }
}
expect at most 1 in critical
expect race on want
expect livelock
