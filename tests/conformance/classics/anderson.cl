// infinite: true
// By hand: tickets are all different, and only the owner of a slot, going out, opens the next one.
scenario "Anderson's lock: everybody spins on a slot of its own"
atomic next = 0
atomic open = [1, 0, 0]
shared count = 0
thread p[i in 0..3] {
  let mine = next.add(1) % 3
  while open[mine] == 0 { }
  open[mine] = 0
  section critical { count += 1 }
  open[(mine + 1) % 3] = 1
}
expect at most 1 in critical
expect finally count == 3
expect no race
expect no starvation
expect no livelock
