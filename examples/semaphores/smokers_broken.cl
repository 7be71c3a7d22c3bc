// Each smoker takes what he needs piece by piece. One snatches an ingredient that another could
// have used at once, and nobody has two.
//
// Concept: resource allocation
// Verdict: deadlock
// Twin: smokers.cl
// Source: S. Patil (1971), who posed it; D. Parnas (1975) solved it so
// Checked by: oracle
// Next: would it help if a smoker put his piece back after a while?
scenario "Smokers who grab"

semaphore ingredient[3](0)
semaphore agent(1)

thread smoker[i in 0..3] with daemon {
  loop {
    acquire ingredient[(i + 1) % 3]
    acquire ingredient[(i + 2) % 3]
    release agent
  }
}
thread dealer {
  repeat 2 {
    acquire agent
    let missing = choose(0..3)
    release ingredient[(missing + 1) % 3]
    release ingredient[(missing + 2) % 3]
  }
  acquire agent
}

expect deadlock
