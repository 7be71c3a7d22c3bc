// Three bidders; the highest bid has to stand in the end.
scenario "The highest bid"

atomic highest = 0

// edit: begin bidders
// fails: without locks: lock
lock m

thread bidder[i in 0..3] {
  let mine = i + 1
  lock m {
    if highest < mine { highest = mine }
  }
}
// edit: end
