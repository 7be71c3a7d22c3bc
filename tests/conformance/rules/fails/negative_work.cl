shared n = 1
thread a {
  n -= 3
  work n //! negative
}
