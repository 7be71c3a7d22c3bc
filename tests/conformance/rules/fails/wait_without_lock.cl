lock m
condition c
thread a { wait c } //! wait without the lock
thread b { lock m { broadcast c } }
