// Three bidders; the highest bid has to stand in the end.
scenario "The highest bid"

atomic highest = 0

// edit: begin bidders
// fails: the highest bid stands: expect finally highest == 3
thread bidder[i in 0..3] {
  let mine = i + 1
  let seen = highest
  if seen < mine { highest.cas(seen, mine) }
}
// edit: end
