lock m
shared x = 0
thread a { acquire m; x = 1; release m }
thread b { release m } //! release of a lock not held
