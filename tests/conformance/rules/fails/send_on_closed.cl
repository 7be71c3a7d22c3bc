channel ch(1)
thread a { close ch }
thread b { ch <- 1 } //! send on a closed channel
