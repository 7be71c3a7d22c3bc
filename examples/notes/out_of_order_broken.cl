// Each result goes to the next free place, under a lock and without any race. Still the answer
// depends on who was first: nondeterminism is more than races.
//
// Concept: nondeterminism
// Verdict: wrong result
// Twin: out_of_order.cl
// Checked by: oracle
// Next: which readers of `results` would not mind?
scenario "Results in order of arrival"

shared results = [0, 0]

fn compute(i) { return i + 1 }

shared place = 0
lock m

thread worker[i in 0..2] {
  lock m {
    results[place] = compute(i)
    place += 1
  }
}

expect outcomes results == {[1, 2], [2, 1]}
expect no race
