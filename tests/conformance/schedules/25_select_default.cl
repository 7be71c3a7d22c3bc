// complete: 1  finished: 1
scenario "A select with default never blocks"
channel a
shared got = 0
thread t {
  select {
    case v = <-a { got = v }
    default { got = 9 }
  }
}
expect outcomes got == {9}
expect no deadlock
