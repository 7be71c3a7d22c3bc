// `change` does not name the view's lock anywhere. It calls a stranger while it holds its own, and
// the stranger takes it: the order of locks goes through code that its author has never seen.
//
// Concept: callback under a lock
// Verdict: deadlock
// Twin: callback.cl
// Source: Joshua Bloch: Effective Java, on open calls and alien methods
// Checked by: oracle
// Next: the deadlock needs a second thread; find a callback that hangs with only one.
scenario "A callback under the lock"

shared value = 0
shared shown = 0
lock model
lock view

fn listener(now_is) {
  lock view { shown = max(shown, now_is) }
}
fn change() {
  let after = 0
  lock model {
    value += 1
    after = value
    listener(after)
  }
}

thread editor { change() }
thread painter {
  lock view {
    lock model { shown = value }
  }
}

expect possible value == 1
expect deadlock
