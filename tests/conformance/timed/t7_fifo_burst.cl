processor cpu { cores 1  scheduler fifo }

thread j0 { work 24 }
thread j1 { work 3 }
thread j2 { work 3 }

expect timed average(turnaround) == 27
expect timed average(response) == 17
expect timed average(waiting) == 17
