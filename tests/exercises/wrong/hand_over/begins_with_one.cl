// The baker must not sell what is not baked yet.
scenario "First bake, then sell"

shared bread = 0
shared sold = 0

// edit: begin bakery
// fails: only baked bread is sold: expect finally sold == 1
// fails: nothing races: data race on bread
semaphore baked(1)

thread baker {
  work 3
  bread = 1
  release baked
}

thread seller {
  acquire baked
  sold = bread
}
// edit: end
