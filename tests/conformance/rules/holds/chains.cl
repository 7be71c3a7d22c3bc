// Chains of comparisons: the middle is read once, and the rest is skipped after a false link.
scenario "chains"

shared x = 2
shared reads = 0
shared inside = false
shared rising = false
shared equal = false
shared skipped = 0

fn middle() {
  reads += 1
  return 5
}
fn last() {
  skipped += 1
  return 9
}

thread t {
  inside = 0 <= x < 3
  rising = 1 < middle() < 10
  equal = 2 == x != 3 == 3
  if 3 < x < last() { skipped += 10 }
  if 1 < x > 1 and not (5 < x) { reads += 1 }
}

expect finally inside and rising and equal
expect finally reads == 2
expect finally skipped == 0
