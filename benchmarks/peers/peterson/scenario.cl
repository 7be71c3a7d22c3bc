scenario "Peterson's algorithm for two threads"

const ROUNDS = 2

shared flag[2] = false
shared turn = 0

thread worker[me in 0..2] {
  repeat ROUNDS {
    flag[me] = true
    turn = 1 - me
    while flag[1 - me] and turn == 1 - me { }
    section cs { }
    flag[me] = false
  }
}

expect at most 1 in cs
expect no deadlock
expect race on flag
expect race on turn
