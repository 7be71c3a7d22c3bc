// An unbuffered transfer is one step of both; a buffered one is two.
scenario "joint step"

channel direct
shared got = 0

thread a { direct <- 1 }
thread b { got = <-direct }

expect finally got == 1
expect no deadlock
