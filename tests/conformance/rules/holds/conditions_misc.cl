// A signal without a waiter is lost; a Hoare condition hands the lock over; spurious wake-ups exist.
scenario "kinds of condition"

lock m
lock h
condition nobody
condition handed with hoare
condition flaky with spurious
shared full = false
shared stolen = false
shared ready = false
shared rounds = 0
shared woken = false

thread signaller { lock m { signal nobody } }

thread taker {
  lock h {
    if not full { wait handed }
    if not full { stolen = true }
    full = false
  }
}
thread giver {
  lock h {
    full = true
    signal handed
  }
}
thread sleeper {
  lock m {
    while not ready {
      if rounds < 2 { rounds += 1 }
      wait flaky
    }
    woken = true
  }
}
thread waker {
  lock m { ready = true; signal flaky }
}

expect never stolen
expect finally woken and not full
expect outcomes rounds == {0, 1, 2}
expect no deadlock
