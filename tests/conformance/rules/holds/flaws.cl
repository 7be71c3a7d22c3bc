// Flaws that are there on purpose.
scenario "flaws on purpose"

lock one
lock two
shared balance = 100
shared count = 0

thread left { lock one { lock two { count += 1 } } }
thread right { lock two { lock one { count += 1 } } }
thread buyer[i in 0..2] {
  let enough = false
  lock one { enough = balance >= 100 }
  if enough { lock one { balance -= 100 } }
}

expect deadlock
expect no race
expect atomicity on balance
expect possible balance == -100
