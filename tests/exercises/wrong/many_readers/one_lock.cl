// Three readers and a writer. Safe is easy; safe without queueing readers is the task.
scenario "Many may read, one may write"

shared left = 0
shared right = 0
atomic torn = 0

// edit: begin everything
// fails: readers do not keep each other out: never are 3 threads inside `reading`
// Over-synchronised: one lock for all.
lock page

thread reader[i in 0..3] {
  lock page {
    section reading {
      let a = left
      work 6
      if a != right { torn = 1 }
    }
  }
}

thread writer {
  lock page {
    left += 1
    right += 1
  }
}
// edit: end
