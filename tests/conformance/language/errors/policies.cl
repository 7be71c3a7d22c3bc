// Policies, settings, attributes and options.
processor p1 { cores 0 } //! 22 CL0709
processor p2 { cores 5000 } //! 22 CL0709
processor p3 { coers 2 } //! 16 CL0707
processor p4 { cores 2 cores 3 } //! 24 CL0708
processor p5 { cores true } //! 22 CL0201
processor p6 { scheduler fair_share } //! 26 CL0701
processor p7 { scheduler rr(quantum: 2) } //! 26 CL0701
processor p8 { scheduler round_robin(quantum: 0) } //! 47 CL0703
processor p9 { scheduler round_robin(quantun: 2) } //! 38 CL0702
processor p10 { scheduler round_robin(quantum: true) } //! 48 CL0401
processor p11 { scheduler fifo(quantum: 2) } //! 32 CL0702
processor p12 { scheduler round_robin(2, 3) } //! 42 CL0705
processor p13 { scheduler round_robin(2, quantum: 3) } //! 42 CL0705
processor p14 { scheduler mlfq(levels: 2, quanta: [1, 2, 3]) } //! 27 CL0703
processor p15 { scheduler mlfq(quanta: 4) } //! 40 CL0703
processor p16 { scheduler mlfq(quanta: [1, 0]) } //! 44 CL0703
processor p17 { scheduler priority(preemptive: 1) } //! 48 CL0703
processor p18 { scheduler partitioned } //! 27 CL0704
processor p19 { scheduler partitioned(3) } //! 39 CL0703
processor p20 { scheduler partitioned(work_stealing) } //! 39 CL0703
processor p21 { scheduler partitioned(fofi) } //! 39 CL0701
processor p22 { scheduler script [a, nobody] } //! 38 CL0719
processor p23 { scheduler script [a[0]] } //! 35 CL0719
processor p24 { scheduler script [f] } //! 35 CL0719
processor p25 { scheduler script [f[9]] } //! 35 CL0719
processor p26 { scheduler pct(depth: 100) } //! 38 CL0703
processor p27 { switch_cost -1 } //! 29 CL0709
processor p28 { cost { reed 1 } } //! 24 CL0720
processor p29 { cost { read 1 read 2 } } //! 31 CL0708
processor p30 { scheduler 3 } //! 27 CL0201
processor p31 { quantum 3 } //! 17 CL0707
processor cpu { cores 2 }
runtime r1 { workers 0 } //! 22 CL0709
runtime r2 { worker 2 } //! 14 CL0707
runtime r3 { workers 2 scheduler edf } //! 34 CL0706
runtime r4 { workers 2 scheduler work_staeling } //! 34 CL0701
lock l1 with reentrant //! 14 CL0715
lock l2 with recursive, recursive //! 25 CL0716
lock l3 with inherit, ceiling(3) //! 23 CL0716
lock l4 with ceiling //! 14 CL0717
lock l5 with recursive(2) //! 24 CL0717
rwlock w1 with prefer_writer //! 16 CL0715
condition c1 with mesa, hoare //! 25 CL0716
semaphore s1(1) with recursive //! 22 CL0715
thread f[i in 0..3] { work 1 }
thread a { work 1 }
thread t1 with priorty 3 { work 1 } //! 16 CL0710
thread t2 with priority 3, priority 4 { work 1 } //! 28 CL0711
thread t3 with priority { work 1 } //! 16 CL0712
thread t4 with daemon 3 { work 1 } //! 16 CL0712
thread t5 with nice 40 { work 1 } //! 21 CL0712
thread t6 with period 0 { work 1 } //! 23 CL0712
thread t7 with arrival -1 { work 1 } //! 24 CL0712
thread t8 with tickets 0 { work 1 } //! 24 CL0712
thread t9 with on cpv { work 1 } //! 19 CL0713
thread t10 with on a { work 1 } //! 20 CL0713
thread t11 with on cpu, pinned 2 { work 1 } //! 32 CL0714
thread t12 with priority true { work 1 } //! 26 CL0401
thread t13[i in 0..4] with on cpu, pinned i { work 1 } //! 43 CL0714
thread t14 with deadline x { work 1 } //! 26 CL0301
