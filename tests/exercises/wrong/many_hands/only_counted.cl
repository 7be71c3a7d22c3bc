// Thirty-two ticks of work for one thread, on a machine with four cores.
scenario "Many hands"

processor cpu { cores 4 }

atomic done = 0

// edit: begin hands
// fails: the work is really done: The pieces are counted but not made
thread worker { done.add(8) }
// edit: end
