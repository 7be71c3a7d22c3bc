processor cpu { cores 1  scheduler fifo }

thread j0 { work 100 }
thread j1 { work 10 }
thread j2 { work 10 }

expect timed average(turnaround) == 110
expect timed average(response) == 70
expect timed average(waiting) == 70
