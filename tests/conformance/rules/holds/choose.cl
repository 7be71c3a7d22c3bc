// A free choice is one schedule for every branch.
scenario "choose"

shared a = 0
shared b = false
shared c = ""

thread t {
  a = choose(0..3)
  b = choose(true, false)
  c = choose("x", "y")
}

expect outcomes a == {0, 1, 2}
expect outcomes (b, c) == {(true, "x"), (true, "y"), (false, "x"), (false, "y")}
expect no deadlock
