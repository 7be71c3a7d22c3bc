// Right as it is. What exactly is right about it?
scenario "Tell right from wrong"

shared money = 0
shared deposits = 0
lock safe

thread alice {
  repeat 2 {
    lock safe {
      money += 5
      deposits += 1
    }
  }
}

thread bob {
  repeat 2 {
    lock safe {
      money += 5
      deposits += 1
    }
  }
}

// edit: begin expectations
// fails: the flawed twins are caught: not caught: somebody forgets the lock
// points: 0
// It holds, but it would hold of everything.
expect always true
// edit: end
