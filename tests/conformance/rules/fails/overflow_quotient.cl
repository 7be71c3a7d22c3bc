shared x = -9223372036854775808
thread a { x /= -1 } //! overflow
