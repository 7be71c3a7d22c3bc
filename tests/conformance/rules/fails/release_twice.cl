lock m
thread a {
  lock m {
    release m
    yield
  } //! release of a lock not held
}
