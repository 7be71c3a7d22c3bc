// Two hydrogens and an oxygen make a molecule. Any of the three may be the last to come, so each
// of them looks whether the set is complete now.
//
// Concept: assembling groups
// Verdict: safe
// Twin: h2o_broken.cl
// Source: Allen Downey: The Little Book of Semaphores, with an exercise of Berkeley as its origin
// Checked by: oracle
// Next: make two molecules of six atoms. Who may bond with whom?
scenario "Water: whoever completes a molecule lets it go"

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
  lock m { hydrogens += 1; complete() }
  acquire bond_h
}

expect finally oxygens == 0 and hydrogens == 0
expect no deadlock
expect no race
