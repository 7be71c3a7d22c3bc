shared n = 0
thread a { n = choose(1..n) } //! choose from an empty range
