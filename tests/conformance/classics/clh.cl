// infinite: true
// By hand: with the predecessor's node for the next round nobody waits for a node raised anew, and
// the queue is served in order.
scenario "The same with the node of the one before (CLH)"
atomic tail = 2
atomic busy[3] = false
shared count = 0
thread t[i in 0..2] {
  let mine = i
  repeat 2 {
    busy[mine] = true
    let before = tail.swap(mine)
    while busy[before] { }
    section critical { count += 1 }
    busy[mine] = false
    mine = before
  }
}
expect at most 1 in critical
expect no race
expect finally count == 4
expect eventually count == 4
expect no livelock
expect no starvation
