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
expect finally money == 20 and deposits == 4
expect always money >= 5 * deposits
expect no race
expect no deadlock
// edit: end
