// Processes share no memory but talk through what is declared at top level.
scenario "processes"

const N = 2
channel requests
channel replies(1)
semaphore ready(0)
shared total = 5

fn double(n) { return n * N }

process server {
  shared total = 0
  lock m
  thread worker {
    acquire ready
    for v in requests {
      lock m { section serving { total += double(v) } }
    }
    replies <- total
  }
  expect finally total == 6
  expect at most 1 in serving
}
process client {
  shared total = 0
  thread asker {
    release ready
    requests <- 1
    requests <- 2
    close requests
    total = <-replies
  }
}

expect finally server.total == 6 and client.total == 6 and total == 5
expect no race on server.total
expect at most 1 in server.serving
expect no deadlock
