// The report is written at once, the saving comes later: an async task starts at the earliest when
// its creator waits.
//
// Concept: asynchronous call
// Verdict: wrong result
// Twin: forgotten_await.cl
// Checked by: oracle
// Next: Python warns about a coroutine that was never awaited. Would it here?
scenario "A forgotten await"

shared saved = 0
shared told = 0

fn save() { sleep 1; saved = 42 }

thread server {
  async save()
  told = saved
}

expect finally told == 0
