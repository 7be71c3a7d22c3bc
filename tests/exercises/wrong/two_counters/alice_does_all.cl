// Two threads count together. Sometimes an increment gets lost; see to it that none does.
scenario "Two threads, one counter"

const N = 2
shared count = 0
lock m

// edit: begin threads
// fails: no increment is lost: false at an end
// Nothing is lost, but nothing is done either.
thread alice { repeat N { lock m { count += 1 } } }
thread bob { }
// edit: end
