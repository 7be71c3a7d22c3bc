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
// All go through a turnstile, and the writer stays in it. But a plain lock promises nobody a turn:
// here even a reader may stand at it for ever.
rwlock table
lock gate

thread reader[i in 0..2] {
  loop {
    lock gate { }
    read table { look() }
  }
}

thread writer {
  repeat 2 {
    lock gate {
      write table { page += 1 }
    }
  }
}
// edit: end
