// Two threads count together. Sometimes an increment gets lost; see to it that none does.
scenario "Two threads, one counter"

const N = 2
shared count = 0
lock m

// edit: begin threads
// fails: no increment is lost: lost update of count
// fails: nobody touches count while another may: data race on count
// Bob forgets the lock.
thread alice { repeat N { lock m { count += 1 } } }
thread bob { repeat N { count += 1 } }
// edit: end
