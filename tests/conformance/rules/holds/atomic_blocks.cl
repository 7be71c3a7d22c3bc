// `atomic { }` is one step; accesses inside race only with accesses outside.
scenario "atomic blocks"

shared x = 0
shared y = 0

thread a { atomic { x += 1; y += 1 } }
thread b { atomic { x += 1; y += 1 } }
thread c { atomic { assert x == y } }

expect always x == y
expect finally x == 2
expect no race
expect no lost_update
