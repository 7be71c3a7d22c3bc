// complete: 2  failed: 2
// By hand: the close comes before the first send, which fails, or while the second one waits for
// room, which fails then; nothing makes room.
scenario "Closed while somebody waits to send"
channel c(1)
thread a { c <- 1; c <- 2 }
thread b { close c }
expect error "send on a closed channel"
