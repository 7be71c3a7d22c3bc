// Timed expectations: metrics, threads, numbers and conditions.
const N = 2
shared count = 0
shared makespan = 0
process web { thread alice { work 3 } }
fn f() { work 3 }
thread p[i in 0..3] { work 3; count += 1 ; makespan = 1 }
thread bob { spawn f(); work 3 }
expect timed makespan //! 14 CL0816; 14 CW0802
expect timed makespan == 10/3 and average(waiting) <= 10.5
expect timed makspan == 2 //! 14 CL0812
expect timed turnaround(p) == 2 //! 25 CL0814
expect timed turnaround(p[3]) == 2 //! 27 CL0814
expect timed turnaround(p[N]) == 2 on 4 cores
expect timed turnaround(p[count]) == 2 //! 27 CL0601
expect timed turnaround(bob[1]) == 2 //! 25 CL0814
expect timed turnaround(alice) == 2 //! 25 CL0814
expect timed turnaround(web.alice) == 2
expect timed turnaround(f) == 2 //! 25 CL0814
expect timed turnaround(bbo) == 2 //! 25 CL0814
expect timed turnaround == 2 //! 14 CL0813
expect timed average == 2 //! 14 CL0813
expect timed average(makespan) == 2 //! 22 CL0813
expect timed average(turnaround(bob)) == 2 //! 22 CL0813
expect timed avg(turnaround) == 2 //! 14 CL0812
expect timed max(turnaround) == 2 //! 14 CL0813
expect timed max(finish(bob), finish(p[0])) <= 2
expect timed count == 2 //! 14 CL0815
expect timed makespan(bob) == 2 //! 14 CL0813
expect timed makespan == true //! 26 CL0816
expect timed (makespan == 2) == 3 //! 14 CL0816
expect timed makespan < 20 under sfj //! 34 CL0701
expect timed makespan < 20 under round_robin(quantum: 0) on 0 cores //! 55 CL0703; 61 CL0817
expect timed makespan < 20 on N cores
expect timed makespan < 20 under round_robin on count cores //! 49 CL0601
expect timed makespan and switches //! 14 CL0816
expect timed "a" == 3 //! 14 CL0815
expect timed context_switches == 3 //! 14 CL0812
expect timed bob == 3 //! 14 CL0815
expect timed 0.1 < utilisation <= 1 //! 20 CL0812
expect timed utilization == 1.0 and switches == 2 under script [p, bob] //! 65 CL0719
expect finally 0.5 < count //! 16 CL0618
expect timed turnaround(bob, p[1]) == 2 //! 14 CL0813
