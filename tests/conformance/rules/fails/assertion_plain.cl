shared x = 0
thread a { assert x == 1 } //! assertion failed
