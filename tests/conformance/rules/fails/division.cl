shared d = 1
shared r = 0
thread a { d -= 1 }
thread b { r = 1 / d } //! division by zero
expect race on d
