// Three bidders; the highest bid has to stand in the end.
scenario "The highest bid"

atomic highest = 0

// edit: begin bidders
thread bidder[i in 0..3] {
  let mine = i + 1
  loop {
    let seen = highest
    if seen >= mine { break }
    if highest.cas(seen, mine) { break }
  }
}
// edit: end
