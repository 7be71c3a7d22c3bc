shared x = -9223372036854775808
thread a { x = abs(x) } //! overflow
