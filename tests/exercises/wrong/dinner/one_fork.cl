// Three seats, three forks, and each needs two of them.
scenario "Dinner for three"

lock forks[3]
atomic meals = 0

// edit: begin dinner
// fails: neighbours do not eat at once: at most 1 in eating
thread friend[i in 0..3] {
  lock forks[i] {
    section eating { work 4 }
    meals.add(1)
  }
}
// edit: end
