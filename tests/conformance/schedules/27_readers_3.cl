// complete: 24  finished: 24
scenario "One writer, three readers"
shared x = 0
thread writer { x = 1 }
thread reader[i in 0..3] { let v = x }
expect race on x
