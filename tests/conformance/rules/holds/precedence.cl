// Loosest first: or, and, not, comparisons, + -, * / %, unary minus.
scenario "precedence"

shared n = [0, 0, 0, 0, 0, 0]
shared b = [false, false, false, false, false]

thread t {
  n[0] = 2 + 3 * 4
  n[1] = 10 - 4 - 3
  n[2] = 100 / 10 / 2
  n[3] = -2 * 3 + 1
  n[4] = 7 % 4 * 2
  n[5] = - -3 - -1
  b[0] = true or true and false
  b[1] = not false and false
  b[2] = not 1 + 1 == 3
  b[3] = 1 + 1 < 3 or n[0] / (n[0] - 14) == 1
  b[4] = (true or true) and false
}

expect finally n == [14, 3, 5, -5, 6, 4]
expect finally b == [true, false, true, true, false]
