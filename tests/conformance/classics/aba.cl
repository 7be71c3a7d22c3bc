// verdict: violated
// By hand: a reads top = 1 and next = 2; b pops 1 and 2, pushes 1 back and frees 2; a's cas finds 1
// again and makes 2 the top, which is free.
scenario "A stack whose top comes back: 1 over 2"
atomic top = 1
shared next = [0, 2, 0]
shared freed[3] = false
fn pop() {
  loop {
    let t = top
    if t == 0 { return 0 }
    let n = next[t]
    if top.cas(t, n) { return t }
  }
}
fn push(n) {
  loop {
    let t = top
    next[n] = t
    if top.cas(t, n) { return }
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
expect finally top == 0 or not freed[top]
