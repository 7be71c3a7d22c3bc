// Thirty-two ticks of work for one thread, on a machine with four cores.
scenario "Many hands"

processor cpu { cores 4 }

atomic done = 0

// edit: begin hands
// fails: eight pieces are made: expect finally done == 8
// fails: all cores help: Some cores have nothing to do
thread worker[i in 0..4] {
  repeat 8 {
    work 4
    done.add(1)
  }
}
// edit: end
