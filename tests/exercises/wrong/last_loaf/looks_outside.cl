// One shelf, two buyers, a baker who brings one loaf after the other.
scenario "The last loaf"

shared loaves = 0
lock shop
condition fresh

thread baker {
  repeat 2 {
    lock shop {
      loaves += 1
      signal fresh
    }
  }
}

// edit: begin buyers
// fails: nobody takes what is not there: expect never loaves < 0
// fails: nobody waits for ever: deadlock
// fails: both get a loaf: a schedule ends in a deadlock
// fails: no race, no asking again and again: data race on loaves
thread buyer[i in 0..2] {
  while loaves == 0 {
    lock shop { wait fresh }
  }
  lock shop { loaves -= 1 }
}
// edit: end
