// An urgent thread, a lazy one that holds what it needs, and a busy one in between.
scenario "The lander"

processor lander {
  cores 1
  scheduler priority
  cost { read 0 write 0 sync 0 local 0 }
}

shared data = 0

// edit: begin threads
// fails: the radio still goes before the weather: The order of importance was changed
lock bus

thread weather with priority 3 {
  work 1
  lock bus {
    work 4
    data += 1
  }
  work 1
}

thread manager with priority 3, arrival 2 {
  lock bus {
    work 2
    data += 1
  }
}

thread radio with priority 2, arrival 3 { work 10 }
// edit: end
