// The reader looks at the version once, before reading. What happens while it reads goes unseen,
// and it tells a time that never was.
//
// Concept: optimistic reading
// Verdict: wrong result
// Twin: seqlock.cl
// Source: Linux uses it for the time of day
// Checked by: oracle
// Next: which wrong times are possible?
scenario "A torn time of day"

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
    if before % 2 == 0 {
      assert h == 0 and m == 59 or h == 1 and m == 0, "torn"
      break
    }
  }
}

expect error "torn"
