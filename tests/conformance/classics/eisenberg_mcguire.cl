// infinite: true
// By hand: the proof in Eisenberg and McGuire's paper (1972): exclusion, and nobody waits for more
// than one turn of each other.
scenario "Eisenberg and McGuire, two threads"
const n = 2
shared flag[2] = 0
shared turn = 0
thread p[i in 0..2] {
  loop {
    let again = true
    while again {
      flag[i] = 1
      let at = turn
      while at != i {
        if flag[at] != 0 { at = turn } else { at = (at + 1) % n }
      }
      flag[i] = 2
      at = 0
      while at < n and (at == i or flag[at] != 2) { at += 1 }
      if at >= n {
        let now_ = turn
        if now_ == i { again = false } else if flag[now_] == 0 { again = false }
      }
    }
    turn = i
    section critical { }
    let next = (i + 1) % n
    while flag[next] == 0 { next = (next + 1) % n }
    turn = next
    flag[i] = 0
  }
}
expect at most 1 in critical
expect race
expect no starvation
expect no deadlock
