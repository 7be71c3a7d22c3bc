// The work of a car is still 6 ticks, but unevenly shared: the line goes at the pace of its
// slowest station, whatever the others can do.
//
// Concept: pipeline
// Verdict: slow
// Twin: assembly_line.cl
// Checked by: hand
// By hand: painting begins at 1 and takes 5 x 4 = 20 ticks, to 21; the last test ends at 22.
// Next: put two painters on that station. Who else must then change?
scenario "One slow station"

processor line { cores 3  scheduler fifo  cost { sync 0 } }
channel chassis(5)
channel painted(5)

thread weld { repeat 5 { work 1; chassis <- 1 } }
thread paint { repeat 5 { let car = <-chassis; work 4; painted <- car } }
thread test { repeat 5 { let car = <-painted; work 1; assert car == 1 } }

expect timed makespan == 22
expect timed finish(weld) == 5
