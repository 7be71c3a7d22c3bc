scenario "Every form of the language"

processor cpu {
  cores 2
  scheduler round_robin(quantum: 2)
  switch_cost 1 migration_cost (N * 2)
  cost { read 1 write 1 sync 1
    local 0 }
}
processor other { cores N scheduler script [alice, p[1], alice] switch_cost 3 }
processor third { scheduler mlfq(levels: 3, quanta: [10, 20, 30], boost: 100, gaming: true,) }
processor fourth { scheduler partitioned(round_robin(2)); cores 4 }
const N = 5
shared count = 0
shared a[4] = 0; shared b = [1, 2, 3,]
atomic hits = 0
lock m; lock forks[5]
lock q with recursive
lock r with ceiling(9), inherit
rwlock t with prefer_writers
semaphore slots(3)
condition ready with hoare
barrier meet(3)
event done
channel jobs
channel inbox[3](1)
device net(2)
runtime pool { workers 2
  scheduler work_stealing }
fn name(a, b,) { while a < b { return a } ; return a + b }
fn nothing() { }
thread alice { repeat 2 { count += 1 } }
thread bob   { repeat 2 { count += 1 } }
thread p[i in 0..5] with priority 3, arrival 10, on cpu, pinned 0, nice -5, daemon
{
  let x = 1
  let (v, ok) = <-jobs
  x = 2; a[i] += x * (3 - 4) / 2
  x -= 1; x *= 2; x /= 3; x %= 4
  if x < 3 { x = 1 }
  else if 0 <= x < 3 and not ok or true { } else { loop { break } }
  for i in 0..N { continue }
  for v in jobs { work v }
  work 3; sleep 2; io 3 on net; io 4; yield
  lock m { read t { write t { } } }
  lock forks[(i + 1) % 5] { acquire read t; release read t }
  acquire m
  release m
  if try_acquire m { }
  if try_acquire read t { }
  wait ready
  signal done
  broadcast ready
  reset done
  jobs <- 3
  jobs <- spawn name(1, 2)
  close jobs
  select { case v = <-jobs { } case (v, ok) = <-inbox[0] { } case <-jobs { } case jobs <- 4 { }
    after 10 { } default { } }
  let h = go name(1, 2) on pool
  let r = await go name(1, 2) on pool
  io await go name(1, 2) on net
  let f = async name(1, 2)
  await f
  join h
  let z = join h + 1
  atomic { x = hits.cas(0, 1) }
  section crit { }
  let c = choose(0..3) + choose(1, 2,
    3)
  print "x = {x} {{}} {a[i] + 1}\n"
  assert x == 3, "msg {x}"
  assert x == 1
  read t { }
  let read = 3
  read = read + 1
  wait[0] = 3
  let s = "a" == "b"
  let u = (1, "two", (3,))
  let w = -x + - -x - len(b) * min(1, 2) / abs(-3)
  return
}
process web { shared total = 0
  thread w { total = 1 }
  expect finally total == 1 }
expect always count <= 4
expect never count > 4
expect reachable count == 1
expect possible count == 2
expect outcomes count == {2, 3, 4}
expect outcomes (count, hits) == {
  (1, 2),
  (3, 4)
}
expect outcomes count == {}
expect race on count
expect no deadlock; expect no race on web.total
expect leak
expect no lost_update on a[0]
expect atomicity
expect no starvation
expect no livelock
expect at most 1 in crit
expect eventually count == 1
expect count == 1 leads to count == 2
expect error "division"
expect timed average(turnaround) == 10.5 under round_robin(quantum: N) on 4 cores
expect timed makespan <= 100
expect timed makespan <= 100 on N core
expect timed turnaround(alice) == 10/3 under fifo
expect always error == 0
expect race == 0 leads to timed > 3
