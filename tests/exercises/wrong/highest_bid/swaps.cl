// Three bidders; the highest bid has to stand in the end.
scenario "The highest bid"

atomic highest = 0

// edit: begin bidders
// fails: the highest bid stands: expect finally highest == 3
thread bidder[i in 0..3] {
  let mine = i + 1
  if highest < mine { highest.swap(mine) }
}
// edit: end
