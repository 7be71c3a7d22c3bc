// If the oxygen comes last all is well. If a hydrogen does, three atoms that could be a molecule
// wait for each other.
//
// Concept: assembling groups
// Verdict: deadlock
// Twin: h2o.cl
// Source: Allen Downey: The Little Book of Semaphores, with an exercise of Berkeley as its origin
// Checked by: oracle
// Next: which tests would have found it? In how many of the schedules does it happen (--count)?
scenario "Water: only the oxygen looks"

shared oxygens = 0
shared hydrogens = 0
lock m
semaphore bond_o(0)
semaphore bond_h(0)

fn complete() {
  if oxygens >= 1 and hydrogens >= 2 {
    oxygens -= 1
    hydrogens -= 2
    release bond_o
    release bond_h
    release bond_h
  }
}

thread oxygen {
  lock m { oxygens += 1; complete() }
  acquire bond_o
}
thread hydrogen[i in 0..2] {
  lock m { hydrogens += 1 }
  acquire bond_h
}

expect possible oxygens == 0 and hydrogens == 0
expect deadlock
