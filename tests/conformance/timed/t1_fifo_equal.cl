processor cpu { cores 1  scheduler fifo }

thread j0 { work 200 }
thread j1 { work 200 }
thread j2 { work 200 }

expect timed average(turnaround) == 400
expect timed average(response) == 200
expect timed average(waiting) == 200
