processor cpu { cores 1  scheduler mlfq(levels: 3, quanta: [10, 10, 10], boost: off) }

thread j0 { work 200 }

expect timed average(turnaround) == 200
expect timed average(response) == 0
expect timed average(waiting) == 0
