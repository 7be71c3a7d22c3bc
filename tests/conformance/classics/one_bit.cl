// infinite: true
// By hand: only the second gives way. The first, once it has raised its flag, waits for at most one
// critical section of the other; the second may find the flag raised whenever it looks.
scenario "The one-bit algorithm of Burns and Lamport"
shared want[2] = false
thread first {
  loop {
    want[0] = true
    while want[1] { }
    section critical { }
    want[0] = false
  }
}
thread second {
  loop {
    loop {
      want[1] = true
      if not want[0] { break }
      want[1] = false
      while want[0] { }
    }
    section critical { }
    want[1] = false
  }
}
expect at most 1 in critical
expect race on want
expect want[0] leads to not want[0]
expect starvation
expect no livelock
