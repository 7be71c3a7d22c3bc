processor cpu { cores 1  scheduler srtf }

thread j0 { work 100 }
thread j1 with arrival 10 { work 10 }
thread j2 with arrival 10 { work 10 }

expect timed average(turnaround) == 50
expect timed average(response) == 10 / 3
expect timed average(waiting) == 10
