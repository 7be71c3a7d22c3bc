scenario "The bakery: numbers are drawn by looking at everybody else's"

const THREADS = 3
const ROUNDS = 2

shared entering[THREADS] = false
shared number[THREADS] = 0

thread worker[me in 0..THREADS] {
  repeat ROUNDS {
    entering[me] = true
    let mine = 0
    for k in 0..THREADS { mine = max(mine, number[k]) }
    mine += 1
    number[me] = mine
    entering[me] = false
    for k in 0..THREADS {
      if k != me {
        while entering[k] { }
        let his = number[k]
        while his != 0 and (his < mine or his == mine and k < me) { his = number[k] }
      }
    }
    section cs { }
    number[me] = 0
  }
}

expect at most 1 in cs
expect no deadlock
expect race on entering
expect race on number
