// Locals end with their block, an inner name hides an outer one, each thread has its own.
scenario "scoping"

const N = 2
shared out[4] = 0
shared total = 0

fn twice(n) {
  let m = n * N
  return m
}

thread t {
  let a = 1
  if a == 1 {
    let b = 10
    out[0] = a + b
  }
  for i in 0..3 {
    let square = i * i
    out[1] += square
  }
  for i in 5..7 { out[2] += i }
  let n = 7
  out[3] = twice(3) + n
}

thread own[i in 0..3] {
  let mine = i
  mine += 1
  atomic { total += mine }
}

expect finally out == [11, 5, 11, 13]
expect finally total == 6
