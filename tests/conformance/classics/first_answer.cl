// complete: 2  finished: 0  deadlocked: 2
// By hand: two spawns, a meeting with either, and the write; the other's send is never received.
scenario "The first answer wins, the other sender is left behind"
channel answer
shared got = 0
fn ask(i) { answer <- i }
thread client {
  spawn ask(1)
  spawn ask(2)
  got = <-answer
}
expect outcomes got == {1, 2}
expect leak
expect no deadlock
