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
// fails: the flawed twins are caught: does not hold even where nothing is wrong
// points: 0
expect finally money == 10
// edit: end
