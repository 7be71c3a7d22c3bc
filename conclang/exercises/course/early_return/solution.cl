// Whoever finds the box empty goes away again. With the key in the pocket.
scenario "The key of the box"

shared letters = 1
atomic empty_handed = 0
lock key

// edit: begin take
fn take() {
  lock key {
    if letters == 0 {
      empty_handed.add(1)
      return
    }
    letters -= 1
  }
}
// edit: end

thread ann { take() }
thread ben { take() }
thread cem { take() }
