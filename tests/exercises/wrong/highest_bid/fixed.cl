// Three bidders; the highest bid has to stand in the end.
scenario "The highest bid"

atomic highest = 0

// edit: begin bidders
// fails: nobody bids on behalf of others: Bids of 1 and 2 must be possible
thread bidder[i in 0..3] {
  if i == 2 { highest = 3 }
}
// edit: end
