// One has read node 0 and the node below it. Meanwhile two takes both and puts node 0 back. The
// top looks as before, the compare-and-swap succeeds, and the head points to a node that is
// somebody's own.
//
// Concept: ABA
// Verdict: wrong result
// Twin: treiber.cl
// Source: R. K. Treiber: Systems programming, coping with parallelism (1986)
// Checked by: oracle
// Next: garbage collection is said to make this impossible. Why?
scenario "The ABA problem"

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
    if head.cas(top, below) { return node }
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
    head.cas(top, first)
  }
}

expect reachable owned[1] and head % 3 == 1
expect error "one node, two owners"
