// Types: one for each variable, parameter, result and channel.
shared count = 0
shared ready = false
shared name = "none"
shared a[3] = 0
atomic hits = 0
channel numbers(2)
channel pairs(2)
fn add(x, y) { return x + y }
fn nothing() { count += 1 }
fn mixed(n) { if n == 1 { return } return 2 } //! 27 CL0421
fn forever(n) { return forever(n - 1) }
fn first(xs) { return xs[0] } //! 23 CL0412
thread ops {
  count = ready + 1 //! 11 CL0401
  count = -ready //! 12 CL0401
  ready = not count //! 15 CL0401
  ready = count and ready //! 11 CL0401
  count += ready //! 12 CL0401
  ready += 1 //! 3 CL0401
  name = "a" + "b" //! 10 CL0401
  ready = 1 == true //! 11 CL0406
  ready = name == 1 //! 11 CL0406
  ready = ready < false //! 11 CL0407
  ready = name < "z" //! 11 CL0407
  ready = 0 <= count < true //! 11 CL0407
  ready = (count == 1) == ready
}
thread conditions {
  if count { work 1 } //! 6 CL0402
  while hits { work 1 } //! 9 CL0402
  if not count { work 1 } //! 10 CL0401
  assert count //! 10 CL0402
  assert ready, count //! 17 CL0416
  work ready //! 8 CL0419
  sleep name //! 9 CL0419
  io true //! 6 CL0419
  repeat ready { work 1 } //! 10 CL0419
  for i in 0..ready { work i } //! 15 CL0419
  for i in ready { work 1 } //! 12 CL0417
  for v in name { work 1 } //! 12 CL0417
}
thread assigning {
  count = true //! 11 CL0405
  ready = 0 //! 11 CL0405
  name = 3 //! 10 CL0405
  a = 4 //! 7 CL0405
  a[0] = false //! 10 CL0405
  a[ready] = 1 //! 5 CL0420
  count[0] = 1 //! 3 CL0412
  let x = 1
  x = "one" //! 7 CL0405
  let t = (1, true)
  t = (true, 1) //! 7 CL0405
  t = (1, true, 2) //! 7 CL0405
  let z = t[0] //! 11 CL0412
  let (p, q, r) = t //! 19 CL0411
  let (u, v) = count //! 16 CL0411
  let w = nothing() //! 11 CL0408
  count = nothing() //! 11 CL0408
  let m = [1, true] //! 15 CL0415
  let e = [] //! 11 CL0605
  count = choose(1, "two") //! 21 CL0415
  print "{p} {q} {r} {u} {v} {w} {m} {e} {z}"
  print nothing() //! 9 CL0408
}
thread calling {
  count = add(1) //! 11 CL0404
  count = add(1, 2, 3) //! 11 CL0404
  count = add(1, ready) //! 18 CL0405
  ready = add(1, 2) //! 11 CL0405
  count = min(1) //! 11 CL0404
  count = abs(1, 2) //! 11 CL0404
  count = max(1, true) //! 18 CL0401
  count = len(count) //! 15 CL0401
  count = count(1) //! 11 CL0409
  count = first(7)
  let h = spawn add(1, 2)
  let s = join h
  s = true //! 7 CL0405
  join count //! 8 CL0410
  await add(1, 2) //! 9 CL0410
  let k = await nothing() //! 17 CL0410
  let started = spawn nothing()
  let n = join started //! 11 CL0408
  print "{k} {n}"
}
thread messages {
  numbers <- 1
  numbers <- true //! 14 CL0405
  numbers <- (1, 2) //! 14 CL0405
  pairs <- (1, true)
  pairs <- (true, 1) //! 12 CL0405
  let (v, ok) = <-numbers
  v = ok //! 7 CL0405
  let (l, r) = <-pairs
  l = 5 //! 7 CL0405
  print "{l} {r}"
  for item in numbers { ready = item } //! 33 CL0405
  select {
    case x = <-numbers { ready = x } //! 34 CL0405
    case numbers <- "text" { work 1 } //! 21 CL0405
    after ready { work 1 } //! 11 CL0419
  }
}
thread atomics {
  ready = hits.add(1) //! 11 CL0405
  count = hits.cas(0, 1) //! 11 CL0405
  hits.add(true) //! 12 CL0405
  hits.cas(1) //! 3 CL0404
  hits.swap(1, 2) //! 3 CL0404
  hits = ready //! 10 CL0405
}
