scenario "Two locks taken in opposite orders"

lock a
lock b

thread up {
  acquire a
  acquire b
  release b
  release a
}

thread down {
  acquire b
  acquire a
  release a
  release b
}
