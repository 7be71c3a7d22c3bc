// Expectations: what an `expect` line can look at, and what it can say.
const N = 2
shared count = 0
shared flag = false
shared a[3] = 0
atomic hits = 0
lock m
semaphore slots(2)
channel ch
process web { shared total = 0
  thread alice { section inside { total += 1 } }
  expect finally total == 1
  expect finally count == 0
}
fn f(x) { return x }
thread p[i in 0..3] { let mine = f(1); section critical { count += mine }; a[i] = 1 }
thread solo { flag = true; hits.add(1) }
expect always count //! 15 CL0804
expect finally mine == 2 //! 16 CL0801
expect finally i == 2 //! 16 CL0801
expect finally total == 1 //! 16 CL0808
expect finally web.total == 1
expect finally web.totl == 1 //! 20 CL0304
expect finally wbe.total == 1 //! 16 CL0301
expect finally solo == 1 //! 16 CL0803
expect finally m == 1 //! 16 CL0803
expect never slots > 2 //! 14 CL0803
expect finally ch == 1 //! 16 CL0803
expect finally f(count) == 1 //! 16 CL0802
expect finally hits.add(1) == 1 //! 16 CL0802
expect finally choose(1, 2) == 1 //! 16 CL0802
expect finally <-ch == 1 //! 16 CL0802
expect finally try_acquire m //! 16 CL0802
expect finally now > 3 //! 16 CL0803
expect finally self == 3 //! 16 CL0803
expect finally len(a) == 3 and a == [1, 1, 1] and max(1, count) > 0
expect finally cuont == 3 //! 16 CL0301
expect finally turnaround(p[1]) < 3 //! 16 CL0811
expect finally makespan < 3 //! 16 CL0811
expect outcomes count == {1, 2, true, 2, count, N} //! 33 CL0805; 39 CW0801; 42 CL0601
expect outcomes (count, a[0]) == {(1, 2), 3, (1, 2, 3)} //! 43 CL0805
expect outcomes (count > 3) == {true, false}
expect at most 1 in critical
expect at most -1 in critcal //! 16 CL0807; 22 CL0806
expect at most N in inside //! 21 CL0806
expect at most count in web.inside //! 16 CL0601
expect at most 1 in m //! 21 CL0806
expect race on hits //! 16 CL0810
expect race on m //! 16 CL0810
expect race on count
expect no race on count //! 8 CW0805
expect no race //! 8 CW0805
expect race on a[1] //! 16 CL0810
expect race on a[7] //! 16 CL0810
expect race on cuont //! 16 CL0301
expect race on web.total //! 8 CW0805
expect deadlock on m //! 20 CL0809
expect no lost_update on hits
expect deadlock
expect no deadlock //! 8 CW0805
expect never count == 3
expect reachable count == 3 //! 8 CW0805
expect error "divison by zero" //! 14 CW0803
expect error "index 7" //! 14 CW0803
expect error "" //! 14 CW0804
expect error "7 is not in"
expect eventually count //! 19 CL0804
expect count leads to flag //! 8 CL0804
expect flag leads to 3 //! 22 CL0804
