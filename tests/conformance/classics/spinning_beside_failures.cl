// infinite: true
// By hand: b fails whatever it does; but a may go round for ever before it does.
scenario "Going round while all others fail"
shared x = 0
thread a { loop { } }
thread b { x = 1; assert x == 0 }
expect error "assertion"
