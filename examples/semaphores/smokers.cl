// The agent puts down two of three ingredients; a helper for each ingredient notes what has come,
// and the second of the two knows whom to call. No smoker touches anything before all of it is
// his.
//
// Concept: resource allocation
// Verdict: safe
// Twin: smokers_broken.cl
// Source: S. Patil (1971), who posed it; D. Parnas (1975) solved it so
// Checked by: oracle
// Next: the helpers' notes are single flags; what if the agent does not wait?
scenario "Smokers with helpers"

shared there[3] = false
lock table
semaphore ingredient[3](0)
semaphore call[3](0)
semaphore agent(1)

thread helper[i in 0..3] with daemon {
  loop {
    acquire ingredient[i]
    lock table {
      let a = (i + 1) % 3
      let b = (i + 2) % 3
      if there[a] {
        there[a] = false
        release call[b]
      } else if there[b] {
        there[b] = false
        release call[a]
      } else {
        there[i] = true
      }
    }
  }
}
thread smoker[i in 0..3] with daemon {
  loop {
    acquire call[i]
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

expect no deadlock
expect no race
