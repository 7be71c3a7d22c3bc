// One desk, one lamp. Two need both, and do not agree on which to take first.
scenario "Find the deadlock"

lock desk
lock lamp
atomic visits = 0

thread ann {
  lock desk {
    lock lamp { work 5 }
  }
}

thread bert {
  lock lamp {
    lock desk { work 5 }
  }
}

thread carl {
  lock desk { visits.add(1) }
}
