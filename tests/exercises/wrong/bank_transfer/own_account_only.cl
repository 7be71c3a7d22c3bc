// Each account has a lock; the transfers take them in the order in which they need them.
scenario "Money from here to there"

shared ann_has = 100
shared bert_has = 100
shared carl_has = 100
lock from_ann
lock from_bert
lock from_carl

// edit: begin transfers
// fails: nobody touches an account without its lock: data race
// fails: no money is lost or made: false at an end
// Each locks the account that it takes from, and not the one that it gives to.
thread ann {
  lock from_ann {
    ann_has -= 10
    work 20
    bert_has += 10
  }
}

thread bert {
  lock from_bert {
    bert_has -= 5
    work 20
    ann_has += 5
  }
}

thread carl { lock from_carl { carl_has += 1 } }
// edit: end
