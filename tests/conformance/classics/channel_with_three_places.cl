// complete: 13  finished: 13
// By hand: paths between 0 and 3 of length 2n: the Fibonacci number F(2n - 1), here F(7).
channel c(3)
thread p { repeat 4 { c <- 1 } }
thread q { repeat 4 { <-c } }
