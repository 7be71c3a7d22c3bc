// A lift for two. Four people want to ride.
scenario "A lift for two"

atomic rides = 0

// edit: begin lift
// fails: all four ride: deadlock
// fails: two can ride together: does not come to its end
semaphore places(2)

thread rider[i in 0..4] {
  acquire places
  section inside { work 5 }
  rides.add(1)
}
// edit: end
