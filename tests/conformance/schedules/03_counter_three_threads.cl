// complete: 90  finished: 90
scenario "One increment in each of three threads"
shared count = 0
thread t[i in 0..3] { count += 1 }
expect outcomes count == {1, 2, 3}
expect race on count
