scenario "Filter lock"

const THREADS = 3
const ROUNDS = 2

shared level[THREADS] = 0
shared last[THREADS] = 0

thread worker[me in 0..THREADS] {
  repeat ROUNDS {
    for l in 1..THREADS {
      level[me] = l
      last[l] = me
      for k in 0..THREADS {
        if k != me {
          while level[k] >= l and last[l] == me { }
        }
      }
    }
    section cs { }
    level[me] = 0
  }
}

expect at most 1 in cs
expect no deadlock
expect race on level
expect race on last
