// complete: 1  failed: 1
scenario "Send on a closed channel"
channel ch(1)
thread t { close ch; ch <- 1 }
expect error "send on a closed channel"
