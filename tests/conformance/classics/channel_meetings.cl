// complete: 36  finished: 36
// By hand: four meetings; the senders' order and the receivers' are independent: 6 * 6.
channel c
thread p[i in 0..2] { repeat 2 { c <- i } }
thread q[i in 0..2] { repeat 2 { <-c } }
