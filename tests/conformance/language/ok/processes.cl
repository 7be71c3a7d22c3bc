// Two processes that share no memory, and what may cross the border.
scenario "border"

const N = 2
channel requests(N)
channel replies(N)
semaphore ready(0)
device disk
runtime pool { workers 1 }
shared total = 0

fn double(x) { return 2 * x }

process server {
  shared total = 0
  lock m
  const LIMIT = N + 1
  fn serve(n) {
    lock m { total += n }
    return double(n)
  }
  thread listener[i in 0..N] {
    acquire ready
    let request = <-requests
    replies <- serve(request)
    io 2 on disk
    section critical { work LIMIT }
  }
  expect finally total == 3
}

process client {
  shared total = 0
  thread asks {
    for i in 0..N {
      requests <- i + 1
      release ready
    }
    repeat N { total += <-replies }
    go double(1) on pool
  }
}

thread here { total = double(21) }

expect finally server.total == 3 and client.total == 6 and total == 42
expect at most 1 in server.critical
