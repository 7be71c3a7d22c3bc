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
rwlock table with prefer_writers

thread reader[i in 0..2] {
  loop {
    read table { look() }
  }
}

thread writer {
  repeat 2 {
    write table { page += 1 }
  }
}
// edit: end
