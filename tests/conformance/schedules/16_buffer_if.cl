// verdict: violated  error: get from empty
scenario "One condition, if, two consumers"
shared used = 0
lock m
condition changed
thread producer { repeat 2 { lock m { used += 1; signal changed } } }
thread consumer[i in 0..2] {
  lock m {
    if used == 0 { wait changed }
    assert used > 0, "get from empty"
    used -= 1
  }
}
expect no race
