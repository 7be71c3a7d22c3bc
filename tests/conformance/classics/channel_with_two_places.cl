// complete: 8  finished: 8
// By hand: sends and receives are the ways up and down of a path that stays between 0 and 2; of
// length 2n there are 2^(n - 1).
channel c(2)
thread p { repeat 4 { c <- 1 } }
thread q { repeat 4 { <-c } }
