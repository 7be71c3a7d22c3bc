// Three seats, three forks, and each needs two of them.
scenario "Dinner for three"

lock forks[3]
atomic meals = 0

// edit: begin dinner
// fails: three forks, and nothing else: There is another lock
lock table

thread friend[i in 0..3] {
  lock table {
    lock forks[i] {
      lock forks[(i + 1) % 3] {
        section eating { work 4 }
        meals.add(1)
      }
    }
  }
}
// edit: end
