rwlock t
thread a {
  acquire read t
  release write t //! release of a lock not held
}
