scenario "Two conditions and while"
shared used = 0
lock m
condition not_empty
condition not_full
thread producer {
  repeat 2 {
    lock m {
      while used == 1 { wait not_full }
      used += 1
      signal not_empty
    }
  }
}
thread consumer[i in 0..2] {
  lock m {
    while used == 0 { wait not_empty }
    assert used > 0, "get from empty"
    used -= 1
    signal not_full
  }
}
expect no race
expect no deadlock
expect no leak
