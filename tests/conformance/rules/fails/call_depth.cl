shared x = 0
fn down(n) {
  return down(n + 1) //! call depth
}
thread a { x = down(0) }
