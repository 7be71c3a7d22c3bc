// The baker must not sell what is not baked yet.
scenario "First bake, then sell"

shared bread = 0
shared sold = 0

// edit: begin bakery
semaphore baked(0)

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
