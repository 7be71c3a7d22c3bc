channel ch
thread a {
  ch <- 1 //! send on a closed channel
}
thread b { close ch }
