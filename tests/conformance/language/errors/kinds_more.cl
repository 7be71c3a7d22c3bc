// Kinds of object, continued: starting, waiting for the end, values.
shared x = 0
atomic at = 0
lock m
semaphore s(1)
condition c
event e
channel ch(1)
device disk
processor cpu { cores 1 }
const K = 3
fn f(n) { work n }
thread other { work 1 }
thread elsewhere {
  io 5 on cpu //! 11 CL0513
  io 5 on x //! 11 CL0513
  go f(1) on cpu //! 14 CL0514
  go f(1) on disk //! 14 CL0514
  go f(1) on other //! 14 CL0514
  spawn x(1) //! 9 CL0523
  spawn other() //! 9 CL0523
  async m(1) //! 9 CL0523
  join m //! 8 CL0410
  await e //! 9 CL0410
  join f //! 8 CL0410
}
thread values {
  let a = m //! 11 CL0518
  let d = s //! 11 CL0518
  f(m) //! 5 CL0518
  f(c) //! 5 CL0518
  print "{e}" //! 11 CL0518
  print f //! 9 CL0518
  x = cpu //! 7 CL0518
  K = 4 //! 3 CL0413
  m = 1 //! 3 CL0413
  ch = 1 //! 3 CL0413
  f = 2 //! 3 CL0413
  other = 1 //! 3 CL0413
  x.add(1) //! 5 CL0515
  (at.add) //! 7 CL0515
  at.load() //! 6 CL0515
  at.inc(1) //! 6 CL0515
  x = m.owner //! 9 CL0526
  x = at.size //! 10 CL0526
  print "{a} {d}"
}
