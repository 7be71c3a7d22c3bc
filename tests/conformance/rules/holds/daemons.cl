// A daemon may be left blocked. A schedule goes on as long as it can move all the same.
scenario "daemons"

channel jobs
shared done = 0

thread worker with daemon {
  for n in jobs { done += n }
}
thread boss {
  jobs <- 1
  jobs <- 2
}

expect outcomes done == {3}
expect no deadlock
expect no leak
