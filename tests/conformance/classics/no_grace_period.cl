// complete: 20
// By hand: three steps (index, value, store) against three (new, switch, gone): 20 orders. The old
// version's value is read after it is gone: -1, if the index was read before the switch.
scenario "Read, copy, update without waiting for the readers"
atomic current = 0
shared data = [1, 0]
shared seen = 0
thread reader { seen = data[current] }
thread writer { data[1] = 2; current = 1; data[0] = -1 }
expect outcomes seen == {-1, 1, 2}
expect race on data
expect no deadlock
