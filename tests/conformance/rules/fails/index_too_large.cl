shared a[3] = 0
shared i = 2
thread t {
  i += 1
  a[i] = 1 //! index out of range
}
