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
// fails: nobody reads a page that is being changed: data race
// Nobody waits, least of all for the page to be complete.
thread reader[i in 0..2] {
  loop { look() }
}

thread writer {
  repeat 2 { page += 1 }
}
// edit: end
