// A turnstile at each of two gates; the total is what counts.
scenario "Two gates"

// edit: begin gates
// fails: nobody is lost: expect finally visitors == 4
atomic visitors = 0

thread gate[i in 0..2] {
  repeat 2 {
    let seen = visitors
    visitors.cas(seen, seen + 1)
  }
}
// edit: end
