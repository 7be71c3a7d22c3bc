// A lift for two. Four people want to ride.
scenario "A lift for two"

atomic rides = 0

// edit: begin lift
// fails: never more than two inside: at most 2 in inside
semaphore places(2)

thread rider[i in 0..4] {
  acquire places
  release places
  section inside { work 5 }
  rides.add(1)
}
// edit: end
