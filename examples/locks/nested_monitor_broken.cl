// The consumer sleeps at the shelf and has given its lock up, but not the one of the shop around
// it. The producer cannot get through the door with what everybody waits for.
//
// Concept: nested monitor
// Verdict: deadlock
// Twin: nested_monitor.cl
// Source: A. Lister: The problem of nested monitor calls (1977)
// Checked by: oracle
// Next: does it help if the producer uses another door?
scenario "Waiting inside, locked outside"

shared items = 0
lock shop
lock shelf
condition filled

thread consumer {
  lock shop {
    lock shelf {
      while items == 0 { wait filled }
      items -= 1
    }
  }
}
thread producer {
  lock shop {
    lock shelf {
      items += 1
      signal filled
    }
  }
}

expect possible items == 0
expect deadlock
