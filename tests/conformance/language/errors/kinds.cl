// Kinds of object: what can be done with which.
shared x = 0
atomic at = 0
lock m
lock forks[3]
rwlock t
semaphore s(1)
condition c
barrier b(2)
event e
channel ch(1)
channel inbox[2](1)
device disk
runtime pool { workers 1 }
processor cpu { cores 1 }
const K = 3
fn f(n) { work n }
fn locks(k) { lock k { work 1 } } //! 20 CL0511
thread other { work 1 }
thread acquiring {
  acquire x //! 11 CL0501
  acquire at //! 11 CL0501
  acquire t //! 11 CL0521
  acquire c //! 11 CL0501
  acquire b //! 11 CL0501
  acquire e //! 11 CL0501
  acquire ch //! 11 CL0501
  acquire disk //! 11 CL0501
  acquire pool //! 11 CL0501
  acquire K //! 11 CL0501
  acquire other //! 11 CL0501
  acquire f //! 11 CL0501
  acquire forks //! 11 CL0519
  acquire m[0] //! 11 CL0520
  acquire read m //! 16 CL0522
  acquire read s //! 16 CL0522
  acquire write ch //! 17 CL0501
  release ch //! 11 CL0502
  release e //! 11 CL0502
  release c //! 11 CL0502
  release b //! 11 CL0502
  release t //! 11 CL0521
  release forks //! 11 CL0519
  release x //! 11 CL0502
  if try_acquire e { work 1 } //! 18 CL0503
  if try_acquire t { work 1 } //! 18 CL0521
  if try_acquire forks { work 1 } //! 18 CL0519
}
thread waiting {
  wait m //! 8 CL0504
  wait t //! 8 CL0504
  wait s //! 8 CL0504
  wait ch //! 8 CL0504
  wait other //! 8 CL0504
  wait disk //! 8 CL0504
  wait x //! 8 CL0504
  let h = spawn f(1)
  wait h //! 8 CL0504
  signal b //! 10 CL0505
  signal s //! 10 CL0505
  signal m //! 10 CL0505
  signal ch //! 10 CL0505
  signal other //! 10 CL0505
  broadcast e //! 13 CL0506
  broadcast s //! 13 CL0506
  broadcast b //! 13 CL0506
  broadcast ch //! 13 CL0506
  broadcast m //! 13 CL0506
  reset b //! 9 CL0507
  reset c //! 9 CL0507
  reset x //! 9 CL0507
  reset s //! 9 CL0507
}
thread sending {
  close m //! 9 CL0508
  close e //! 9 CL0508
  close x //! 9 CL0508
  close inbox //! 9 CL0519
  x <- 1 //! 3 CL0509
  at <- 1 //! 3 CL0509
  m <- 1 //! 3 CL0509
  other <- 1 //! 3 CL0509
  inbox <- 1 //! 3 CL0519
  ch[0] <- 1 //! 3 CL0520
  let v = <-x //! 13 CL0510
  let w = <-s //! 13 CL0510
  let y = <-other //! 13 CL0510
  let z = <-inbox //! 13 CL0519
  let n = 1
  n <- 2 //! 3 CL0509
  print "{v} {w} {y} {z}"
  for q in m { work 1 } //! 12 CL0518
}
thread holding {
  lock x { work 1 } //! 8 CL0511
  lock at { work 1 } //! 8 CL0511
  lock t { work 1 } //! 8 CL0511
  lock s { work 1 } //! 8 CL0511
  lock c { work 1 } //! 8 CL0511
  lock forks { work 1 } //! 8 CL0519
  read m { work 1 } //! 8 CL0512
  write m { work 1 } //! 9 CL0512
  read x { work 1 } //! 8 CL0512
  write ch { work 1 } //! 9 CL0512
}
