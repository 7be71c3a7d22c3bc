// The kitchen counts the dishes; the office wants to know how many there were.
scenario "The kitchen and the office"

// edit: begin both
// fails: the office knows: expect finally office.known == 3
channel reports

process kitchen {
  shared dishes = 0
  thread cook {
    reports <- dishes
    repeat 3 { dishes += 1 }
  }
}

process office {
  shared known = 0
  thread clerk { known = <-reports }
}
// edit: end
