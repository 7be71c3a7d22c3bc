// A semaphore of 2 lets two in. The third comes in when somebody has left.
//
// Concept: multiplex
// Verdict: safe
// Twin: multiplex_broken.cl
// Source: Allen Downey: The Little Book of Semaphores
// Checked by: oracle
// Next: which object of the language would be right if exactly one may be inside?
scenario "At most two at a time"

atomic inside = 0
semaphore places(2)

thread guest[i in 0..3] {
  acquire places
  section room {
    inside.add(1)
    work 1
    inside.add(-1)
  }
  release places
}

expect at most 2 in room
expect never inside == 3
