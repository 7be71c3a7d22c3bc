scenario "First attempt: take turns"
shared turn = 0
thread p { loop { while turn != 0 { }  section critical { }  turn = 1 } }
thread q { repeat 1 { while turn != 1 { }  section critical { }  turn = 0 } }
expect at most 1 in critical
expect race on turn
expect starvation
