// Every statement and expression, once, the right way.
scenario "everything"

const N = 3
const BIG = -9223372036854775808
const LIST = [1, 2, 3]
const ON = N > 2 and not false

processor cpu { cores 2 scheduler mlfq(levels: 2, quanta: [2, 4], boost: 50) switch_cost 1 }
processor aux { core 1 scheduler partitioned(round_robin(quantum: N)) cost { read 2 sync 0 } }
runtime pool { workers 2 scheduler work_stealing }
runtime pools[2] { workers 1 }

shared count = 0
shared flags[N] = false
shared name = "nobody"
shared table = [10, 20, 30]
atomic hits = BIG + 1 - BIG
atomic marks[2] = false
lock m with recursive
lock forks[N]
lock guard with inherit
lock top with ceiling(9)
rwlock book with prefer_writers
semaphore slots(N)
condition changed
condition noisy with hoare, spurious
barrier meet(2)
event done
channel jobs
channel results(N)
channel inbox[2](1)
channel pairs(4)
channel handles(1)
device disk
device net(2)

fn square(x) { return x * x }
fn gcd(a, b) {
  if b == 0 { return a }
  return gcd(b, a % b)
}
fn even(n) {
  if n == 0 { return true } else { return odd(n - 1) }
}
fn odd(n) {
  if n == 0 { return false }
  return even(n - 1)
}
fn worker(inputs, outputs) {
  for job in inputs { outputs <- job * 2 }
  close outputs
}
fn total(xs) {
  let sum = 0
  for x in xs { sum += x }
  return sum + len(xs) - len(xs)
}
fn endless(n) {
  loop {
    if n > 3 { return n }
    n += 1
  }
}
fn quiet(_ignored) { work 1 }
fn swap(pair) {
  let (a, b) = pair
  return (b, a)
}

thread variables with priority N, arrival 2 * N, on cpu, pinned 1, daemon {
  let x = 1
  x += square(2)
  x -= 1; x *= 2; x /= 3; x %= 4
  let (a, b) = (x, x > 1)
  let t = swap((a, b))
  let (c, d) = t
  count = if_positive(d) + endless(x)
  flags[0] = b and c or not flags[1]
  flags[x % N] = (a < d <= 7) != false
  name = "me"
  if name == "me" { table = [1, 2, 3] }
  table[0] = total(table) + total([1, 2, 3]) + LIST[2]
  let grid = [[1, 2], [3, 4]]
  grid[0] = [5, 6]
  let last = grid[1][0]
  assert last == 3, "last is {last}, {grid[0][1]}"
  print "{name}: {count} {{braces}} {(a, b)}"
  print count
  count = min(a, d, 3) + max(a, d) + abs(-a) + len(LIST) + max(table)
  assert gcd(12, 18) == 6 and even(4) and ON
  let who = self
  if who == self and who != variables { print "tick {now} {who}" }
}

fn if_positive(n) { if n > 0 { return n } else { return 0 } }

thread locks[i in 0..N] with priority i, tickets 10 * (i + 1), nice -5 {
  lock m { lock m { count += i } }
  lock forks[i] { lock forks[(i + 1) % N] { work 1 } }
  acquire guard; release guard
  if try_acquire top { release top }
  read book { count = count }
  write book { count = 1 }
  acquire read book; release read book
  acquire write book; release write book
  if try_acquire read book { release read book }
  acquire slots; release slots
  lock m {
    while count == 0 { wait changed }
    signal changed
    broadcast changed
    wait noisy
  }
  wait meet
  signal done; wait done; reset done
  hits.add(1); hits = 3
  let old = hits.swap(i)
  if hits.cas(old, i) and not marks[0].swap(true) { count = hits }
  atomic { count += 1 }
  section critical { count += 1 }
}

thread messages with burst 9, deadline 20, period 50 {
  jobs <- 1
  let v = <-results
  let (w, ok) = <-results
  pairs <- (v, ok)
  let pair = <-pairs
  let (p, q) = pair
  if q { count = p + w }
  inbox[0] <- p
  let ch = inbox[1]
  ch <- 2
  if ch == inbox[1] { close ch }
  for item in results { count += item }
  select {
    case x = <-results { count = x }
    case (y, open) = <-inbox[0] { if open { count = y } }
    case <-jobs { work 1 }
    case jobs <- 4 { work 1 }
    after 10 { work 2 }
  }
  select {
    case <-jobs { return_nothing() }
    default { yield }
  }
}

fn return_nothing() { return }

thread tasks {
  let t = spawn square(4)
  let r = join t
  let h = go square(r) on pool
  go quiet(1) on pools[0]
  go worker(jobs, results)
  let f = async gcd(r, 4)
  let s = await h + await f
  await async quiet(s)
  spawn quiet(2)
  handles <- t
  let back = <-handles
  assert join back == 16
  join variables
  join locks[1]
  for k in 0..N { quiet(k) }
  repeat 2 { continue }
  loop { break }
  while s > 0 {
    s -= choose(1, 2)
    if choose(0..2) == 0 { break }
  }
  work 3; sleep 2; io 1; io 2 on disk; io 2 on net; yield
}

expect always count >= 0 or count < 0
expect no race on flags
