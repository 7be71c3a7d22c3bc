// complete: 6  finished: 6
scenario "One atomic increment in each of three threads"
atomic count = 0
thread t[i in 0..3] { count.add(1) }
expect outcomes count == {3}
expect no race
