// A condition gives its lock up and takes it again; broadcast wakes all; Mesa needs `while`.
scenario "conditions"

lock m
condition changed
shared items = 0
shared taken = 0
shared late = false

thread consumer[i in 0..2] {
  lock m {
    while items == 0 { wait changed }
    items -= 1
    taken += 1
  }
}
thread producer {
  lock m {
    items = 2
    broadcast changed
    late = taken == 0
  }
}

expect finally taken == 2 and items == 0 and late
expect no deadlock
expect no race
