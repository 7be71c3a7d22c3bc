// Three readers and a writer. Safe is easy; safe without queueing readers is the task.
scenario "Many may read, one may write"

shared left = 0
shared right = 0
atomic torn = 0

// edit: begin everything
// fails: no reader sees a half-changed page: a schedule ends in a deadlock
// fails: everybody gets to the end: deadlock
// fails: readers do not keep each other out: does not come to its end
// Who reads cannot become a writer: it waits for all readers, itself among them.
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
  read table {
    write table {
      left += 1
      right += 1
    }
  }
}
// edit: end
