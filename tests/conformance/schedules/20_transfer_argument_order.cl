scenario "Transfers, locks in the order of the arguments"
shared money[2] = 10
lock account[2]
fn transfer(from, to) {
  lock account[from] { lock account[to] { money[from] -= 1; money[to] += 1 } }
}
thread a { transfer(0, 1) }
thread b { transfer(1, 0) }
expect deadlock
expect no race
