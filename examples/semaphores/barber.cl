// Whoever finds a free chair counts himself in under a lock and wakes the barber; whoever finds
// none goes away. The barber serves one at a time and sleeps when there is nobody.
//
// Concept: client and server
// Verdict: safe
// Twin: barber_broken.cl
// Source: E. W. Dijkstra: Cooperating sequential processes (1965)
// Checked by: oracle
// Next: let the customers be served in the order in which they came.
scenario "The sleeping barber"

const CHAIRS = 1

shared waiting = 0
lock m
semaphore customers(0)
semaphore chair(0)
semaphore shorn(0)

thread customer[i in 0..3] {
  let stays = false
  lock m {
    stays = waiting < CHAIRS
    if stays { waiting += 1 }
  }
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

expect at most 1 in cut
expect never waiting > CHAIRS
expect no race
expect no deadlock
