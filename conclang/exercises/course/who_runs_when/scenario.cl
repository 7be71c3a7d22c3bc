// Three threads and one core. The policy is what the questions are about.
scenario "Who runs when?"

const A = 5
const B = 2
const C = 3

processor cpu { cores 1 }

thread a { work A }
thread b { work B }
thread c { work C }
