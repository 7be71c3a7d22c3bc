// repeat, while, loop, for; bounds are looked at once; break and continue mean the innermost loop.
scenario "loops"

shared limit = 3
shared rounds = 0
shared odd = 0
shared pairs = 0
shared last = -1
shared none = 0
shared sum = 0

thread t {
  repeat limit { limit += 1; rounds += 1 }
  for i in 0..limit { limit = 0; last = i }
  for i in 0..10 {
    if i % 2 == 0 { continue }
    if i > 6 { break }
    odd += i
  }
  for i in 0..3 {
    for j in 0..3 {
      if j == i { break }
      pairs += 1
    }
  }
  repeat 0 { none += 1 }
  for i in 5..5 { none += i }
  let n = 0
  loop {
    n += 1
    if n == 4 { break }
  }
  while n > 0 { n -= 1; sum += n }
  for v in [10, 20, 30] { sum += v }
}

expect finally rounds == 3 and limit == 0 and last == 5
expect finally odd == 9
expect finally pairs == 3
expect finally none == 0 and sum == 66
