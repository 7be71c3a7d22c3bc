// min, max, abs, len, and names that are words of the language only elsewhere.
scenario "built-in names"

const SIZE = len([1, 2, 3]) + max(1, 2)
shared values = [4, -7, 2]
shared out[SIZE] = 0
shared wait = 1
shared process = 2
shared cores = 3

fn signal(event) { return event + 1 }

thread read {
  out[0] = min(values[0], values[1], values[2])
  out[1] = max(values[0], 10) + abs(values[1])
  out[2] = len(values)
  out[3] = wait + process * cores
  out[4] = signal(4)
}

expect finally out == [-7, 17, 3, 7, 5]
