// select: any ready arm; default only if none is; a name before `=` is a new local.
scenario "select"

channel left(1)
channel right(1)
channel never
channel out(1)
shared took = 0
shared idle = false
shared closed = false
shared sent = 0

thread filler {
  left <- 1
  right <- 2
  let value = 7
  select {
    case out <- value { sent = 1 }
    default { sent = 2 }
  }
}
thread chooser {
  select {
    case v = <-left { took = v }
    case (v, ok) = <-right { if ok { took = v } }
  }
}
thread idler {
  select {
    case <-never { idle = false }
    default { idle = true }
  }
}
thread timer {
  select {
    case <-never { work 1 }
    after 5 { closed = true }
  }
}

expect outcomes took == {1, 2}
expect finally idle and closed
expect finally sent == 1
expect no deadlock
