// What takes time in a run: a read, a write and a lock one tick each, local work nothing.
scenario "costs"

processor cpu { cores 1 scheduler fifo }
shared x = 0
lock m

thread a {
  let n = 1 + 2
  x = n
  x += 1
  lock m { work 3 }
  print "x = {x}"
}

expect timed finish(a) == 9
expect timed makespan == 9 and switches == 0 and utilization == 1
expect timed running(a) == 9 and waiting(a) == 0 and response(a) == 0
