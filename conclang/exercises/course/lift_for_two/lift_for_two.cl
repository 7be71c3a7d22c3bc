// A lift for two. Four people want to ride.
scenario "A lift for two"

atomic rides = 0

// edit: begin lift
thread rider[i in 0..4] {
  section inside { work 5 }
  rides.add(1)
}
// edit: end
