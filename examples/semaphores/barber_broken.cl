// Looking for a free chair and sitting down are two steps, and nobody locks. Two may see the same
// chair, or a count is lost and the barber sleeps while somebody waits.
//
// Concept: client and server
// Verdict: race
// Twin: barber.cl
// Source: E. W. Dijkstra: Cooperating sequential processes (1965)
// Checked by: oracle
// Next: which of the two is worse for the barber's business?
scenario "Two customers for the last chair"

const CHAIRS = 1

shared waiting = 0
lock m
semaphore customers(0)
semaphore chair(0)
semaphore shorn(0)

thread customer[i in 0..3] {
  let stays = false
  stays = waiting < CHAIRS
  if stays { waiting += 1 }
  if stays {
    release customers
    acquire chair
    section cut { work 1 }
    release shorn
  }
}
thread barber with daemon {
  loop {
    acquire customers
    lock m { waiting -= 1 }
    release chair
    acquire shorn
  }
}

expect reachable waiting > CHAIRS
expect race on waiting
