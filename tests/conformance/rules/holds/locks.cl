// Plain locks block their owner for ever, recursive ones do not; try_acquire is a boolean.
scenario "locks"

lock again with recursive
lock m
shared depth = 0
shared got = 0

thread a {
  lock again { lock again { depth += 1 } }
}
thread b {
  if try_acquire m {
    got += 1
    if not try_acquire m { got += 10 }
    release m
  }
}
thread c with daemon {
  lock again { acquire again; release again }
  lock m { work 1 }
}

expect finally depth == 1
expect outcomes got == {0, 11}
expect no deadlock
