// The model changes under its lock, and tells its listener after giving the lock back. The
// listener may take any lock it likes.
//
// Concept: callback under a lock
// Verdict: safe
// Twin: callback_broken.cl
// Source: Joshua Bloch: Effective Java, on open calls and alien methods
// Checked by: oracle
// Next: what may the listener still believe about `value` when it is called?
scenario "Call back without the lock"

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
  }
  listener(after)
}

thread editor { change() }
thread painter {
  lock view {
    lock model { shown = value }
  }
}

expect finally value == 1
expect no deadlock
