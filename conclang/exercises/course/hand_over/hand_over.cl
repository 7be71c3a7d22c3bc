// The baker must not sell what is not baked yet.
scenario "First bake, then sell"

shared bread = 0
shared sold = 0

// edit: begin bakery
thread baker {
  work 3
  bread = 1
}

thread seller { sold = bread }
// edit: end
