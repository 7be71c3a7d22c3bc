// The baker must not sell what is not baked yet.
scenario "First bake, then sell"

shared bread = 0
shared sold = 0

// edit: begin bakery
// fails: only baked bread is sold: a schedule ends in a deadlock
// fails: everybody gets to the end: deadlock
semaphore baked(0)

thread baker { bread = 1 }

thread seller {
  acquire baked
  sold = bread
}
// edit: end
