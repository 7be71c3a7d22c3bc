// Reads happen left to right, the target's index first; `+=` reads its target before the right side.
scenario "evaluation order"

shared log = 0
shared x = 1
shared y = 2
shared a = [0, 0, 0]
shared sum = 0

fn note(n) {
  log = log * 10 + n
  return n
}
fn change() {
  x = 100
  return 1
}
fn three(p, q, r) { return p * 100 + q * 10 + r }

thread t {
  sum = note(1) + note(2) * note(3)
  a[note(0) + 1] = note(4)
  a[note(2)] += note(5)
  x += change()
  y = y + three(note(6), note(7), note(8))
  if note(1) < note(2) { y += 1 }
}

expect finally log == 1230425678 * 100 + 12
expect finally sum == 7 and a == [0, 4, 5]
expect finally x == 2
expect finally y == 2 + 678 + 1
