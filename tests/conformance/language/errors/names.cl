// Names: what is declared where, and who may see it.
shared count = 0
shared count = 1 //! 8 CL0302
lock m
fn helper(a, a) { count = a } //! 14 CL0302
process web {
  shared total = 0
  shared mine = 0
  lock guard
  channel inside(1)
  process inner { thread t { work 1 } } //! 11 CL0308
  thread t {
    total = 1
    count = 2 //! 5 CL0303
    lock m { mine = 2 } //! 10 CL0303
  }
}
process main { shared x = 0 } //! 9 CL0312
process shop {
  thread t {
    total = 1 //! 5 CL0303
    inside <- 1 //! 5 CL0303
    lock guard { work 1 } //! 10 CL0303
    web.total = 1 //! 5 CL0303
  }
}
fn touches() { count += 1 }
fn relays() { touches() }
process third {
  thread t { relays() } //! 14 CL0303
}
thread a {
  let x = 1
  let x = 2 //! 7 CL0302
  cuont = x //! 3 CL0301
  unknown_thing = x //! 3 CL0301
  if x == 1 { let inner = 3; print "{inner}" }
  print "{inner}" //! 11 CL0301
  print "{conut} {x}" //! 11 CL0301
  print(None) //! 9 CL0237
  break //! 3 CL0309
  continue //! 3 CL0309
  lock m { break } //! 12 CL0309
  return //! 3 CL0310
  repeat 2 { return } //! 14 CL0310
  let (p, p) = (1, 2) //! 11 CL0302
  min = 3 //! 3 CL0413
}
thread b[i in 0..2] {
  i = 3 //! 3 CL0413
  x = 1 //! 3 CL0303
  let y = y + 1 //! 11 CL0301
  f(1) //! 3 CL0301
  for k in 0..i { count = k }
  count = k //! 11 CL0301
  loop { fn_call() } //! 10 CL0301
}
