processor cpu { cores 1  scheduler sjf }

thread j0 { work 100 }
thread j1 { work 10 }
thread j2 { work 10 }

expect timed average(turnaround) == 50
expect timed average(response) == 10
expect timed average(waiting) == 10
