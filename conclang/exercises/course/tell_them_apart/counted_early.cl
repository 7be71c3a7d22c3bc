// Right as it is. What exactly is right about it?
scenario "Tell right from wrong"

shared money = 0
shared deposits = 0
lock safe

thread alice {
  repeat 2 {
    lock safe {
      deposits += 1
      money += 5
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
// edit: end
