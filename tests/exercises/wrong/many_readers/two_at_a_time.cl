// Three readers and a writer. Safe is easy; safe without queueing readers is the task.
scenario "Many may read, one may write"

shared left = 0
shared right = 0
atomic torn = 0

// edit: begin everything
// fails: no reader sees a half-changed page: torn
// fails: readers do not keep each other out: never are 3 threads inside `reading`
// A semaphore with two permits lets the writer in beside a reader.
semaphore page(2)

thread reader[i in 0..3] {
  acquire page
  section reading {
    let a = left
    work 6
    if a != right { torn = 1 }
  }
  release page
}

thread writer {
  acquire page
  left += 1
  right += 1
  release page
}
// edit: end
