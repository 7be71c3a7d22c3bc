// The two locks of a transfer are taken in the order of the accounts' numbers, whichever way the
// money goes.
//
// Concept: lock order
// Verdict: safe
// Twin: transfer_broken.cl
// Source: Brian Goetz and others: Java Concurrency in Practice, on lock-ordering deadlocks
// Checked by: oracle
// Next: what happens when an account pays itself? Forbid it, or mend it.
scenario "A transfer that locks the smaller account first"

shared balance = [50, 50]
lock account[2]

fn transfer(source, target, amount) {
  lock account[min(source, target)] {
    lock account[max(source, target)] {
      balance[source] -= amount
      balance[target] += amount
    }
  }
}

thread ann { transfer(0, 1, 10) }
thread bob { transfer(1, 0, 20) }

expect finally balance == [60, 40]
expect no deadlock
expect no race
