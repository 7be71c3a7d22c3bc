scenario "Treiber's stack: nodes are pushed and popped by compare-and-swap, the head has a version"

const THREADS = 3
const ROUNDS = 2

atomic head = 0
atomic after[THREADS + 1] = 0

thread worker[me in 0..THREADS] {
  let mine = me + 1
  repeat ROUNDS {
    while mine != 0 {
      let top = head
      after[mine] = top % 8
      if head.cas(top, (top / 8 + 1) * 8 + mine) { mine = 0 }
    }
    while mine == 0 {
      let top = head
      let node = top % 8
      assert node != 0, "the stack is empty"
      let below = after[node]
      if head.cas(top, (top / 8 + 1) * 8 + below) { mine = node }
    }
  }
}

expect finally head % 8 == 0
expect no deadlock
