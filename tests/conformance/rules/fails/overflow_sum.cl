shared x = 9223372036854775807
thread a { x += 1 } //! overflow
