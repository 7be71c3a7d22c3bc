// Three stations, one core each, cars move from one to the next. A car needs 6 ticks (latency),
// but every 2 ticks one is finished (throughput): the line works at three cars at once.
//
// Concept: pipeline
// Verdict: safe
// Twin: assembly_line_broken.cl
// Checked by: hand
// By hand: synchronisation costs nothing here; the first car is ready at 2 + 2 + 2 = 6, each
//   further one 2 later: 6 + 4 x 2 = 14.
// Next: how long would one worker need who builds each car alone?
scenario "The assembly line"

processor line { cores 3  scheduler fifo  cost { sync 0 } }
channel chassis(5)
channel painted(5)

thread weld { repeat 5 { work 2; chassis <- 1 } }
thread paint { repeat 5 { let car = <-chassis; work 2; painted <- car } }
thread test { repeat 5 { let car = <-painted; work 2; assert car == 1 } }

expect timed makespan == 14
expect timed finish(weld) == 10
