scenario "Check under the lock, act under the lock, but not both at once"
shared balance = 100
lock m
thread w[i in 0..2] {
  let enough = false
  lock m { enough = balance >= 100 }
  if enough { lock m { balance -= 100 } }
}
expect outcomes balance == {0, -100}
expect no race
expect atomicity
