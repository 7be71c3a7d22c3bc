thread a {
  let h = self
  await h //! join of self
}
