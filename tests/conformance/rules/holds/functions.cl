// Calls, recursion, early returns, functions of arrays and channels.
scenario "functions"

shared result = [0, 0, 0, 0, 0]
shared flag = false
channel box(1)

fn factorial(n) {
  if n <= 1 { return 1 }
  return n * factorial(n - 1)
}
fn gcd(a, b) {
  while b != 0 {
    let rest = a % b
    a = b
    b = rest
  }
  return a
}
fn total(values) {
  let sum = 0
  for v in values { sum += v }
  return sum
}
fn is_even(n) { return n == 0 or is_odd(n - 1) }
fn is_odd(n) { return n != 0 and is_even(n - 1) }
fn put(ch, v) { ch <- v }
fn first(pair) {
  let (a, b) = pair
  return a * 10 + b
}

thread t {
  result[0] = factorial(5)
  result[1] = gcd(48, 36)
  result[2] = total([1, 2, 3])
  put(box, 9)
  result[3] = <-box
  result[4] = first((4, 2))
  flag = is_even(10) and not is_even(7)
}

expect finally result == [120, 12, 6, 9, 42]
expect finally flag
