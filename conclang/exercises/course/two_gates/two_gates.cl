// A turnstile at each of two gates; the total is what counts.
scenario "Two gates"

// edit: begin gates
shared visitors = 0

thread gate[i in 0..2] {
  repeat 2 { visitors += 1 }
}
// edit: end
