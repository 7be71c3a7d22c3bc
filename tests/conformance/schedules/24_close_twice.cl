// complete: 1  failed: 1
scenario "Close twice"
channel ch
thread t { close ch; close ch }
expect error "close of a closed channel"
