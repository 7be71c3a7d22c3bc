thread a {
  let h = self
  join h //! join of self
}
