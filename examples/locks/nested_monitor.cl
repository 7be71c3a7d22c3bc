// `wait` gives up the innermost lock. The buffer is therefore entered without the outer lock, and
// the producer can come in and fill it.
//
// Concept: nested monitor
// Verdict: safe
// Twin: nested_monitor_broken.cl
// Source: A. Lister: The problem of nested monitor calls (1977)
// Checked by: oracle
// Next: which locks does your language's `wait` give up?
scenario "Wait with one lock only"

shared items = 0
lock shop
lock shelf
condition filled

thread consumer {
  lock shop { work 1 }
  lock shelf {
    while items == 0 { wait filled }
    items -= 1
  }
}
thread producer {
  lock shop { work 1 }
  lock shelf {
    items += 1
    signal filled
  }
}

expect finally items == 0
expect no deadlock
