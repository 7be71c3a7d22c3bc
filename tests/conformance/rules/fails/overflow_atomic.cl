atomic x = 9223372036854775807
thread a { x.add(1) } //! overflow
