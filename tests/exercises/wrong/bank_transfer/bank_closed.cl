// Each account has a lock; the transfers take them in the order in which they need them.
scenario "Money from here to there"

shared ann_has = 100
shared bert_has = 100
shared carl_has = 100
lock from_ann
lock from_bert
lock from_carl

// edit: begin transfers
// fails: carl need not wait for the others: turnaround(carl) is
// One lock for the whole bank is safe. Carl has nothing to do with the others and waits all the same.
thread ann {
  lock from_ann {
    ann_has -= 10
    work 20
    bert_has += 10
  }
}

thread bert {
  lock from_ann {
    bert_has -= 5
    work 20
    ann_has += 5
  }
}

thread carl { lock from_ann { carl_has += 1 } }
// edit: end
