// Three seats, three forks, and each needs two of them.
scenario "Dinner for three"

lock forks[3]
atomic meals = 0

// edit: begin dinner
// fails: all three eat: expect finally meals == 3
thread friend[i in 0..3] {
  if i > 0 {
    lock forks[min(i, (i + 1) % 3)] {
      lock forks[max(i, (i + 1) % 3)] {
        section eating { work 4 }
        meals.add(1)
      }
    }
  }
}
// edit: end
