// Four requests of 4 ticks and a quantum of 4: nobody is cut short just before the end.
//
// Concept: quantum
// Verdict: safe
// Twin: quantum_broken.cl
// Source: A. Silberschatz, P. Galvin, G. Gagne: Operating System Concepts, with the rule that most
//   bursts should fit into a quantum
// Checked by: hand
// By hand: ends at 4, 8, 12 and 16: 40 / 4 = 10.
// Next: plot the mean over quanta from 1 to 8 with `conclang compare`.
scenario "A quantum that fits the burst"

processor cpu { cores 1  scheduler round_robin(quantum: 4) }

thread request[i in 0..4] { work 4 }

expect timed average(turnaround) == 10
expect timed switches == 3
