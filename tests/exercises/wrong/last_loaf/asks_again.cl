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
// fails: a buyer sleeps while waiting: waiting
// fails: both get a loaf: livelock
thread buyer[i in 0..2] {
  let served = false
  while not served {
    lock shop {
      if loaves > 0 {
        loaves -= 1
        served = true
      }
    }
  }
}
// edit: end
