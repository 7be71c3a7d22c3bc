// Handles: spawn, go and async give them; join and await give results; self and thread names.
scenario "handles"

runtime pool { workers 1 }
channel who(1)
shared results = [0, 0, 0, 0]
shared same = false
shared order = 0

fn square(n) { return n * n }
fn quiet() { order = order * 10 + 1 }

thread main_thread {
  let a = spawn square(2)
  let b = go square(3)
  let c = go square(4) on pool
  let d = async square(5)
  results[0] = join a
  results[1] = await b
  results[2] = join c
  results[3] = await d
  await spawn quiet()
  order = order * 10 + 2
  join other
  let h = <-who
  same = h == other
}
thread other { who <- self }

expect finally results == [4, 9, 16, 25]
expect finally order == 12
expect finally same
expect no race
