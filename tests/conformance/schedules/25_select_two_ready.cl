// complete: 2  finished: 2
scenario "Two ready arms"
channel a(1)
channel b(1)
shared got = 0
thread t {
  a <- 1
  b <- 2
  select {
    case v = <-a { got = v }
    case v = <-b { got = v }
  }
}
expect outcomes got == {1, 2}
