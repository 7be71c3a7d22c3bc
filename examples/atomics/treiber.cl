// The head carries a number that every change raises. A compare-and-swap with an old number fails,
// even if the same node is on top again.
//
// Concept: ABA
// Verdict: safe
// Twin: treiber_broken.cl
// Source: R. K. Treiber: Systems programming, coping with parallelism (1986)
// Checked by: oracle
// Next: how large must the number be in real life?
scenario "Treiber's stack with a version"

const NONE = 2

atomic head = 0
atomic after = [1, NONE]
atomic owned[2] = false

fn pop() {
  loop {
    let top = head
    let node = top % 3
    if node == NONE { return NONE }
    let below = after[node]
    if head.cas(top, (top / 3 + 1) * 3 + below) { return node }
  }
}
fn own(node) {
  if node != NONE { assert not owned[node].swap(true), "one node, two owners" }
}

thread one { own(pop()); own(pop()) }
thread two {
  let first = pop()
  own(first)
  own(pop())
  if first != NONE {
    owned[first] = false
    let top = head
    after[first] = top % 3
    head.cas(top, (top / 3 + 1) * 3 + first)
  }
}

expect never owned[1] and head % 3 == 1
