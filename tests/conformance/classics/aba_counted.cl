// By hand: each change of the top also adds 10 to it, so a top that was away never compares equal.
// Some cas succeeds in every round of the loops, and there are four to come at most: no starvation.
scenario "The same stack with a count beside the top"
atomic top = 1
shared next = [0, 2, 0]
shared freed[3] = false
fn pop() {
  loop {
    let t = top
    if t % 10 == 0 { return 0 }
    let n = next[t % 10]
    if top.cas(t, t - t % 10 + 10 + n) { return t % 10 }
  }
}
fn push(n) {
  loop {
    let t = top
    next[n] = t % 10
    if top.cas(t, t - t % 10 + 10 + n) { return }
  }
}
thread a {
  let x = pop()
  if x != 0 { freed[x] = true }
}
thread b {
  let x = pop()
  let y = pop()
  if x != 0 { push(x) }
  if y != 0 { freed[y] = true }
}
expect race on next
expect finally top % 10 == 0 or not freed[top % 10]
expect no starvation
