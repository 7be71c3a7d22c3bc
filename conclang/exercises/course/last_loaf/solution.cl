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
thread buyer[i in 0..2] {
  lock shop {
    while loaves == 0 { wait fresh }
    loaves -= 1
  }
}
// edit: end
