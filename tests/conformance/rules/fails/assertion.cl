shared x = 0
thread a { assert x < 2, "x is {x}" } //! x is 2
thread b { x = 1; x = 2 }
expect race on x
