// Two hikers; neither may go on from the hut before the other has come.
scenario "At the hut"

atomic ann_is_there = false
atomic ben_is_there = false
atomic went_alone = 0

// edit: begin hikers
// fails: nobody goes on alone: expect finally went_alone == 0
semaphore ben_came(0)

thread ann {
  ann_is_there = true
  acquire ben_came
  if not ben_is_there { went_alone.add(1) }
}

thread ben {
  ben_is_there = true
  release ben_came
  if not ann_is_there { went_alone.add(1) }
}
// edit: end
