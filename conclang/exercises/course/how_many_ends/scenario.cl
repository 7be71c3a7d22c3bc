// Two additions to one variable, and nothing to keep them apart.
scenario "How can it end?"

const A = 1
const B = 4

shared count = 0

thread one { count += A }
thread two { count += B }
