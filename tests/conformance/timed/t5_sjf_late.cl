processor cpu { cores 1  scheduler sjf }

thread j0 { work 100 }
thread j1 with arrival 10 { work 10 }
thread j2 with arrival 10 { work 10 }

expect timed average(turnaround) == 310 / 3
expect timed average(response) == 190 / 3
expect timed average(waiting) == 190 / 3
