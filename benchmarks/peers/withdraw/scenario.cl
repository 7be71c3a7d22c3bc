scenario "Check, then act"

lock mutex
shared balance = 100

thread customer[i in 0..2] {
  acquire mutex
  let seen = balance
  release mutex
  if seen >= 100 {
    acquire mutex
    balance -= 100
    release mutex
  }
}

expect finally balance >= 0
