// complete: 70  finished: 70
scenario "Two increments in each of two threads"
shared count = 0
thread a { repeat 2 { count += 1 } }
thread b { repeat 2 { count += 1 } }
expect outcomes count == {2, 3, 4}
expect race on count
