// By hand: the auditor reads before, between or after the two halves of the transfer: 100 + 100,
// 90 + 100, 90 + 110 and, seeing the second account late but the first early, 100 + 110.
scenario "Each account under its own lock: the sum is never right for sure"
lock guard[2]
shared balance[2] = 100
shared sum = 0
thread transfer {
  lock guard[0] { balance[0] -= 10 }
  lock guard[1] { balance[1] += 10 }
}
thread audit {
  let s = 0
  lock guard[0] { s += balance[0] }
  lock guard[1] { s += balance[1] }
  sum = s
}
expect outcomes sum == {190, 200, 210}
expect finally balance == [90, 110]
expect no race
expect no deadlock
