// By hand: a reads 1, b writes 5, a reads 5 under the lock and writes 6: the 5 is lost, though the
// write comes right after a read that sees it. All of b before or after all of a: 5 + 5 and 5; the
// read at the start, the rest after b: 6.
scenario "Half of the sum was read before the lock"
shared x = 1
lock m
thread a {
  let v = x
  lock m { x = v + x }
}
thread b { lock m { x = 5 } }
expect outcomes x == {5, 6, 10}
expect lost_update on x
expect race on x
expect no deadlock
