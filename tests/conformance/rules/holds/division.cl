// `/` rounds down and `%` has the sign of the divisor, as Python's `//` and `%`.
scenario "division"

shared quotient[4] = 0
shared rest[4] = 0
shared step = 17
shared five = 5

fn fill(at, a, b) {
  quotient[at] = a / b
  rest[at] = a % b
}

thread t {
  fill(0, 7, 2)
  fill(1, -7, 2)
  fill(2, 7, -2)
  fill(3, -7, -2)
  step /= 3
  step %= five
  step -= 1
  step *= -4
}

expect finally quotient == [3, -4, -4, 3]
expect finally rest == [1, 1, -1, -1]
expect finally step == 4
