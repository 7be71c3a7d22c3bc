// A lift for two. Four people want to ride.
scenario "A lift for two"

atomic rides = 0

// edit: begin lift
// fails: two can ride together: Nobody rides with anybody else
lock door

thread rider[i in 0..4] {
  lock door {
    section inside { work 5 }
  }
  rides.add(1)
}
// edit: end
