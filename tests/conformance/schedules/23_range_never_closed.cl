scenario "Range over a channel that is never closed"
channel ch(1)
thread producer { ch <- 1 }
thread consumer { for v in ch { } }
expect deadlock
