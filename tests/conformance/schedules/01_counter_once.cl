// complete: 6  finished: 6
scenario "One increment in each of two threads"
shared count = 0
thread a { count += 1 }
thread b { count += 1 }
expect outcomes count == {1, 2}
expect race on count
expect lost_update on count
