// `and` and `or` look at their right side only if the left one does not decide.
scenario "short circuit"

shared log = 0
shared a = 0
shared results = [false, false, false, false, false]

fn say(n, answer) {
  log = log * 10 + n
  return answer
}

thread t {
  results[0] = say(1, false) and say(2, true)
  results[1] = say(3, true) or say(4, false)
  results[2] = say(5, false) or say(6, true)
  results[3] = say(7, true) and say(8, true)
  results[4] = a != 0 and 10 / a == 1 or not false
}

expect finally log == 135678
expect finally results == [false, true, true, true, true]
