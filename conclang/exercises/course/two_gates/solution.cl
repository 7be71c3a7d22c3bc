// A turnstile at each of two gates; the total is what counts.
scenario "Two gates"

// edit: begin gates
atomic visitors = 0

thread gate[i in 0..2] {
  repeat 2 { visitors.add(1) }
}
// edit: end
