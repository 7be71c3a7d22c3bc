shared d = 0
shared r = 0
thread b { r = 1 % d } //! division by zero
