shared a[3] = 0
shared i = 0
thread t {
  i -= 1
  let v = a[i] //! index out of range
  print v
}
