channel ch(1)
event first
thread a { close ch; signal first }
thread b {
  wait first
  close ch //! close of a closed channel
}
