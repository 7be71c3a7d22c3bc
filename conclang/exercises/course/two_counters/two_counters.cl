// Two threads count together. Sometimes an increment gets lost; see to it that none does.
scenario "Two threads, one counter"

const N = 2
shared count = 0
lock m

// edit: begin threads
thread alice { repeat N { count += 1 } }
thread bob { repeat N { count += 1 } }
// edit: end
