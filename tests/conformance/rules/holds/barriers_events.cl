// Nobody passes a barrier before all have arrived; it is used again; an event stays set.
scenario "barriers and events"

barrier meet(2)
event go_on
shared arrived[2] = 0
shared early = false
shared seen = 0

thread t[i in 0..2] {
  repeat 2 {
    arrived[i] += 1
    wait meet
    if arrived[1 - i] < arrived[i] { early = true }
    wait meet
  }
}
thread setter { signal go_on }
thread waiter[i in 0..2] {
  wait go_on
  wait go_on
  atomic { seen += 1 }
}

expect never early
expect finally seen == 2 and arrived == [2, 2]
expect no deadlock
expect no race
