// L at the ceiling from 1 to 5, H 5 to 7, M 7 to 17, L 17 to 18
processor cpu { cores 1  scheduler priority  cost { sync 0 } }

lock m with ceiling(3)

thread L with priority 1 {
  work 1
  lock m { work 4 }
  work 1
}
thread H with priority 3, arrival 2 { lock m { work 2 } }
thread M with priority 2, arrival 3 { work 10 }

expect timed turnaround(H) == 5
expect timed turnaround(M) == 14
expect timed turnaround(L) == 18
