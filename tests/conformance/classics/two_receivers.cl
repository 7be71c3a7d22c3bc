// infinite: true
// By hand: the sender is always ready, so each receiver could go on all the time, and must.
channel c
shared got = false
thread s { loop { c <- 1 } }
thread r { loop { <-c } }
thread q { <-c; got = true }
expect eventually got
expect no leak
expect no starvation
