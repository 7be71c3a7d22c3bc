// Two threads count together. Sometimes an increment gets lost; see to it that none does.
scenario "Two threads, one counter"

const N = 2
shared count = 0
lock m

// edit: begin threads
// fails: no increment is lost: false at an end
// fails: nobody touches count while another may: data race on count
// The lock comes too late: what is written was read before.
thread alice { repeat N { let old = count; lock m { count = old + 1 } } }
thread bob { repeat N { let old = count; lock m { count = old + 1 } } }
// edit: end
