// What must come in the end, on every fair schedule.
scenario "in the end"

shared asked = false
shared answered = false
shared spins = 0

thread client {
  asked = true
  while not answered { yield }
}
thread server {
  while not asked { yield }
  answered = true
}

expect eventually answered
expect asked leads to answered
expect always asked or not answered
expect reachable asked and not answered
expect never answered and not asked
expect race on asked
expect race on answered
expect no starvation
expect no livelock
expect finally spins == 0
