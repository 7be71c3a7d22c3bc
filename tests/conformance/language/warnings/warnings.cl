// Warnings: allowed, but seldom meant.
shared count = 0 //! 8 CW0301
shared a[2] = 0
shared never = 0 //! 8 CW0301
shared _quiet = 0
lock m
lock forgotten //! 6 CW0301
atomic hits = 0
channel ch(1)
semaphore s(1)
shared len = 3 //! 8 CW0305
fn unused_function() { work 1 } //! 4 CW0301
fn maybe(n) { if n > 0 { return 1 } } //! 4 CW0401
thread t {
  let unused = 1 //! 7 CW0301
  let _meant = 2
  let count = 5 //! 7 CW0303
  print "{count} {len}"
  let b = 1
  if b == 1 { let b = 2; print "{b}" } //! 19 CW0303
  hits += 1 //! 3 CW0503
  hits = hits + 1 //! 3 CW0503
  try_acquire m //! 3 CW0505
  a[2] = 1 //! 5 CW0602
  a[0] = 1 / 0 //! 10 CW0601
  a[1] = 9223372036854775807 + a[0]
  a[0] = 9223372036854775807 + 1 //! 10 CW0603
  work -1 //! 8 CW0605
  repeat -1 { work 1 } //! 10 CW0604
  for i in 0..2 { i = 7; a[i] = 1 } //! 19 CW0304
  atomic {
    acquire s //! 13 CW0502
    ch <- maybe(1) //! 5 CW0502
    sleep 1 //! 5 CW0502
  }
  loop { a[0] += 1 }
  work 1 //! 3 CW0306
}
thread u {
  loop {
    if a[0] == 1 { break } else { continue }
    work 1 //! 5 CW0306
  }
  let v = <-ch //! 7 CW0301
}
