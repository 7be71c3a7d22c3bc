// Three readers and a writer. Safe is easy; safe without queueing readers is the task.
scenario "Many may read, one may write"

shared left = 0
shared right = 0
atomic torn = 0

// edit: begin everything
rwlock table

thread reader[i in 0..3] {
  read table {
    section reading {
      let a = left
      work 6
      if a != right { torn = 1 }
    }
  }
}

thread writer {
  write table {
    left += 1
    right += 1
  }
}
// edit: end
