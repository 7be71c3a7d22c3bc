// An async task has been started, not done. Who needs its effect awaits it first.
//
// Concept: asynchronous call
// Verdict: safe
// Twin: forgotten_await_broken.cl
// Checked by: oracle
// Next: let the task return the value instead of storing it. Can one still forget?
scenario "Await what you need"

shared saved = 0
shared told = 0

fn save() { sleep 1; saved = 42 }

thread server {
  let saving = async save()
  await saving
  told = saved
}

expect finally told == 42
