"""Scenarios whose pictures are hard to draw well; each was looked at in every view."""

from __future__ import annotations

from pictured import AT_ONCE, CONVERSATION, DEADLOCK, HOSTILE, RACE

THIRTY = """
scenario "Thirty threads with names that are rather long for a lane of a timeline, and a long title"
processor cpu { cores 4  scheduler round_robin(quantum: 3) }
shared total = 0
lock guardian_of_the_total_with_a_name_that_does_not_fit
thread worker_with_a_name_that_is_too_long_for_its_lane[i in 0..30] {
  work 3
  lock guardian_of_the_total_with_a_name_that_does_not_fit { total += 1 }
  print "w{i}"
}
"""
UNICODE = """
scenario "Zwölf Boxkämpfer 日本語のタイトル Ελληνικά Щука 🧵🔒 — ÆŒ ﷽ e\u0301e\u0301"
shared x = 0
lock m
thread a { lock m { x = 1 }
  print "日本語 🧵 Щщщ" }
thread b { lock m { x = 2 } }
"""
LONG = """
scenario "100,000 ticks"
processor cpu { cores 2  scheduler round_robin(quantum: 7)  switch_cost 1 }
lock m
thread a { repeat 800 { work 40
  lock m { work 20 } } }
thread b { repeat 800 { work 30
  lock m { work 10 }
  sleep 25 } }
thread c { repeat 700 { io 60
  work 80 } }
"""
FAMILIES = """
scenario "Families of threads"
processor big { cores 24  scheduler work_stealing }
processor small { cores 2  scheduler fifo }
channel jobs(8)
lock fork[12]
semaphore slots(3)
shared table[100] = 0
process kitchen {
  shared plates = 0
  thread cook[i in 0..20] with on big { jobs <- i }
}
process hall {
  shared guests = 0
  thread waiter[i in 0..3] with on small { let j = <-jobs
    acquire slots
    guests += j
    release slots }
}
thread diner[i in 0..12] with on big { lock fork[i] { lock fork[(i + 1) % 12] { table[i] = 1 } } }
"""
CHANNELS = """
scenario "Producers, a channel and a select"
channel jobs(2)
channel done
shared sum = 0
thread producer[i in 0..3] { jobs <- i
  done <- true }
thread consumer {
  repeat 3 { sum += <-jobs }
}
thread keeper { repeat 3 { select { case x = <-done { } } } }
"""
GOROUTINES = """
scenario "Twelve goroutines on two OS threads"
processor cpu { cores 2  scheduler round_robin(quantum: 3)  switch_cost 1 }
runtime pool { workers 2  scheduler fifo }
channel answer(2)
shared got = 0
fn ask(n) { let reply = <-answer
  got += reply
  work n }
fn reply() { repeat 6 { answer <- 7 } }
thread starter {
  for i in 0..6 { go ask(i) on pool }
  let last = go reply() on pool
  await last
}
"""
DEADLINES = """
scenario "Deadlines are missed"
processor cpu { cores 1  scheduler rate_monotonic  switch_cost 1 }
thread fast with period 5 { work 3 }
thread slow with period 8, deadline 6 { work 4 }
thread idle with period 20 { work 1
  print "alive" }
"""
ALL_KINDS = """
scenario "Every kind of thing that can be waited for"
processor one { cores 2  scheduler priority }
processor two { cores 1  scheduler fifo }
lock m
rwlock rw
semaphore s(1)
condition c
barrier meet(2)
event go_on
device disk
channel pipe
shared x = 0
thread a with priority 3 { lock m { while x == 0 { wait c } }
  read rw { work 2 }
  wait meet }
thread b with priority 1, on two { acquire s
  io 5 on disk
  lock m { x = 1
    signal c }
  release s
  wait meet
  pipe <- 3 }
thread d { write rw { work 4 }
  signal go_on
  let y = <-pipe }
thread e { wait go_on
  acquire s
  sleep 3
  release s }
"""
PRINTS = """
scenario "Many prints, one after the other"
processor cpu { cores 2 }
thread a { for i in 0..40 { print "line {i} of a thread that talks a lot" } }
thread b { for i in 0..40 { print "x" } }
"""
ASYNC = """
scenario "Tasks of an event loop"
fn fetch(n) { io 3
  return n }
thread main_loop {
  let one = async fetch(1)
  let two = async fetch(2)
  let a = await one
  let b = await two
  print "{a + b}"
}
"""
EMPTY = 'scenario "Nothing"'
ONE_LONG_NAME = f"""
scenario "{"A title that goes on " * 12}"
shared {"v" * 60} = 0
thread {"t" * 90} {{ {"v" * 60} = 1
  print "{"m" * 300}" }}
thread u {{ {"v" * 60} = 2 }}
"""

UGLY = {
    "thirty": THIRTY,
    "unicode": UNICODE,
    "long": LONG,
    "families": FAMILIES,
    "channels": CHANNELS,
    "goroutines": GOROUTINES,
    "deadlines": DEADLINES,
    "all_kinds": ALL_KINDS,
    "prints": PRINTS,
    "async": ASYNC,
    "empty": EMPTY,
    "long_name": ONE_LONG_NAME,
    "at_once": AT_ONCE,
    "deadlock": DEADLOCK,
    "race": RACE,
    "hostile": HOSTILE,
    "conversation": CONVERSATION,
}
