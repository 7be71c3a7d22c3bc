lock forks[2]
shared i = 2
thread t { acquire forks[i] } //! index out of range
