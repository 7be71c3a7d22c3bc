// Readers together, a writer alone.
scenario "readers and a writer"

rwlock table
shared value = 0
shared seen[2] = 0

thread reader[i in 0..2] {
  read table { section reading { seen[i] = value } }
}
thread writer {
  write table { section writing { value = 1; value = 2 } }
}
thread trier {
  if try_acquire write table {
    section writing { work 1 }
    release write table
  }
}

expect at most 2 in reading
expect at most 1 in writing
expect outcomes seen == {[0, 0], [0, 2], [2, 0], [2, 2]}
expect no race
expect no deadlock
