channel ch
thread a {
  atomic {
    let v = <-ch //! blocking inside atomic
    print v
  }
}
thread b { ch <- 1 }
