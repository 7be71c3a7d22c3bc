// The kitchen counts the dishes; the office wants to know how many there were.
scenario "The kitchen and the office"

// edit: begin both
// fails: it is sent: channel
process kitchen {
  shared dishes = 0
  thread cook {
    repeat 3 { dishes += 1 }
  }
}

process office {
  shared known = 0
  thread clerk { known = 3 }
}
// edit: end
