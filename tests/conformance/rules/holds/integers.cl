// 64 bits: the whole range can be used, and nothing wraps.
scenario "integers"

const LARGEST = 9_223_372_036_854_775_807
const SMALLEST = -9223372036854775808
shared high = LARGEST
shared low = SMALLEST
shared sum = 0

thread t {
  high -= 1
  low += 1
  sum = high + low
}

expect finally high == LARGEST - 1 and low == SMALLEST + 1
expect finally sum == -1
