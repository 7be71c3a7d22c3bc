// infinite: true
// By hand: a thread that raises its own node again waits behind the other, who waits for that node.
scenario "A queue lock whose threads use their own node again"
atomic tail = 2
atomic busy[3] = false
shared count = 0
thread t[i in 0..2] {
  repeat 2 {
    busy[i] = true
    let before = tail.swap(i)
    while busy[before] { }
    section critical { count += 1 }
    busy[i] = false
  }
}
expect at most 1 in critical
expect no race
expect possible count == 4
expect livelock
expect starvation
