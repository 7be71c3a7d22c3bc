// Readers that come and go for ever, and a writer that waits for a gap.
scenario "The writer that never gets in"

shared page = 0

fn look() {
  section reading {
    let seen = page
    assert seen <= 2
  }
}

// edit: begin everybody
// fails: the writer gets in: starvation
// fails: readers read together: never are 2 threads
// A plain lock gives the writer no better place in the queue, and keeps readers from readers.
lock table

thread reader[i in 0..2] {
  loop {
    lock table { look() }
  }
}

thread writer {
  repeat 2 {
    lock table { page += 1 }
  }
}
// edit: end
