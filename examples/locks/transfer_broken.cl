// The function looks as if it had an order: source first. But the source of the one is the target
// of the other, and the order is decided by whoever calls.
//
// Concept: lock order
// Verdict: deadlock
// Twin: transfer.cl
// Source: Brian Goetz and others: Java Concurrency in Practice, on lock-ordering deadlocks
// Checked by: oracle
// Next: would one lock for the whole bank do? What would it cost?
scenario "A transfer that locks in the order of its arguments"

shared balance = [50, 50]
lock account[2]

fn transfer(source, target, amount) {
  lock account[source] {
    lock account[target] {
      balance[source] -= amount
      balance[target] += amount
    }
  }
}

thread ann { transfer(0, 1, 10) }
thread bob { transfer(1, 0, 20) }

expect possible balance == [60, 40]
expect deadlock
expect no race
