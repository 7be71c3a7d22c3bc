scenario "Transfers, locks in the order of their numbers"
shared money[2] = 10
lock account[2]
fn transfer(from, to) {
  lock account[min(from, to)] { lock account[max(from, to)] { money[from] -= 1; money[to] += 1 } }
}
thread a { transfer(0, 1) }
thread b { transfer(1, 0) }
expect no deadlock
expect no race
