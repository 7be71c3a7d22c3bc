// The baker must not sell what is not baked yet.
scenario "First bake, then sell"

shared bread = 0
shared sold = 0

// edit: begin bakery
// fails: with a semaphore, without asking again and again: semaphore
atomic baked = false

thread baker {
  bread = 1
  baked = true
}

thread seller {
  while not baked { }
  sold = bread
}
// edit: end
