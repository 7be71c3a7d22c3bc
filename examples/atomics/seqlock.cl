// The writer makes the version odd, changes both halves and makes it even. The reader takes what
// it read only if the version was even and is still the same.
//
// Concept: optimistic reading
// Verdict: safe
// Twin: seqlock_broken.cl
// Source: Linux uses it for the time of day
// Checked by: oracle
// Next: can the reader starve?
scenario "Read, and look whether it was disturbed"

atomic version = 0
atomic hour = 0
atomic minute = 59

thread clock {
  version = 1
  hour = 1
  minute = 0
  version = 2
}
thread reader {
  loop {
    let before = version
    let h = hour
    let m = minute
    if before % 2 == 0 and version == before {
      assert h == 0 and m == 59 or h == 1 and m == 0, "torn"
      break
    }
  }
}

expect no deadlock
