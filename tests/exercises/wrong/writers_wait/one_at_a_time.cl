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
// fails: readers read together: never are 2 threads
// fails: the writer gets in: starvation
// Readers that take the writing side exclude each other, and come before the writer as often as
// they like.
rwlock table with prefer_writers

thread reader[i in 0..2] {
  loop {
    write table { look() }
  }
}

thread writer {
  repeat 2 {
    write table { page += 1 }
  }
}
// edit: end
