// Values that must be known before the program runs.
const zero = 0
const bad = 1 / zero //! 13 CL0602
const over = 9223372036854775807 + 1 //! 14 CL0603
const least = -9223372036854775808
const less = least - 1 //! 14 CL0603
const self_made = self_made + 1 //! 7 CL0604
const mix = 1 + true //! 17 CL0401
const unknown = nothing_here //! 17 CL0301
const list = [1, 2, 3]
const beyond = list[3] //! 21 CL0617
const half = 0.5 //! 14 CL0618
const called = f(1) //! 16 CL0601
const half_known = 1 == true //! 25 CL0406
const never_bad = bad + 1
shared x = 1
const late = x //! 14 CL0601
shared y = x + 1 //! 12 CL0601
shared none[0] = 0 //! 13 CL0605
shared minus[-3] = 0 //! 14 CL0605
shared huge[99999999] = 0 //! 13 CL0605
shared sized[x] = 0 //! 14 CL0601
shared text[true] = 0 //! 13 CL0401
shared short[3] = [1, 2] //! 19 CL0613
shared pair = (1, 2) //! 15 CL0614
shared grid = [[1, 2], [3, 4]] //! 15 CL0614
shared mixed = [1, true] //! 20 CL0415
shared empty = [] //! 16 CL0605
atomic tup = (1, 2) //! 14 CL0614
semaphore s //! 11 CL0611
semaphore s1(-1) //! 14 CL0609
semaphore s2(x) //! 14 CL0601
semaphore s3(true) //! 14 CL0401
barrier b //! 9 CL0611
barrier b0(0) //! 12 CL0609
channel c(-1) //! 11 CL0609
channel cs[0](1) //! 12 CL0605
device d(0) //! 10 CL0609
lock m(2) //! 8 CL0612
event e(1) //! 9 CL0612
condition q(m) //! 13 CL0612
fn f(n) { return n }
thread p[i in 5..0] { work i } //! 15 CL0608
thread q1[i in 0..0] { work i } //! 16 CL0608
thread r[i in 0..x] { work i } //! 18 CL0601
thread many[i in 0..1000000] { work i } //! 18 CL0615
thread body {
  work 1.5 //! 8 CL0618
  for i in 3..1 { work i } //! 12 CW0604
  let v = choose(4..2) //! 18 CW0604
  print "{v}"
}
