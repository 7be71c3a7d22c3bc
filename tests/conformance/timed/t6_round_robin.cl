processor cpu { cores 1  scheduler round_robin(quantum: 1) }

thread j0 { work 5 }
thread j1 { work 5 }
thread j2 { work 5 }

expect timed average(turnaround) == 14
expect timed average(response) == 1
expect timed average(waiting) == 9
