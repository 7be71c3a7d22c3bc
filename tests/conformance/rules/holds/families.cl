// Families of threads: half-open ranges, the index in the body and in attributes.
scenario "families"

const N = 3
shared seen[5] = 0
shared none = 0

thread t[i in 2..2 + N] { seen[i] = i * 10 }
thread low[i in 0..2] with priority i + 1, arrival i * 5 {
  seen[i] = i + 1
}

processor cpu { cores 1 scheduler priority }

expect finally seen == [1, 2, 20, 30, 40]
expect timed finish(low[1]) > finish(low[0]) and finish(t[4]) >= 1
expect finally none == 0
