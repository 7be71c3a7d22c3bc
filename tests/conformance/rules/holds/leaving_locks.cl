// A scoped lock is given back however its block is left.
scenario "leaving locks"

lock m
rwlock table
shared rounds = 0
shared found = 0

fn early(n) {
  lock m {
    if n == 1 { return 10 }
    read table { return 20 }
  }
}

thread a {
  for i in 0..3 {
    lock m {
      if i == 1 { continue }
      if i == 2 { break }
      rounds += 1
    }
  }
  found = early(1) + early(2)
}
thread b {
  lock m { rounds += 10 }
  write table { rounds += 100 }
}

expect no deadlock
expect possible rounds == 111
expect finally found == 30
expect race on rounds
