// A nice thread weighs less: its clock runs faster, and it seems to have had its share sooner. The
// editor hardly notices the backup.
//
// Concept: proportional share
// Verdict: safe
// Twin: cfs_broken.cl
// Source: CFS is from Linux 2.6.23 (2007); EEVDF from I. Stoica and H. Abdel-Wahab (1995)
// Checked by: hand
// By hand: nice 10 weighs 110 of 1024, so a tick of the backup counts 9.3: editor 0-1, backup 1-2,
//   then the editor alone until its clock passes 9.3, which is at its tenth tick: 2-11. The
//   earliest eligible deadline says the same.
// Next: what do nice 5 and nice 19 make of it?
scenario "A fair share by weight"

processor cpu { cores 1  scheduler cfs }

thread editor { work 10 }
thread backup with nice 10 { work 30 }

expect timed finish(editor) == 11
expect timed finish(editor) == 11 under eevdf
expect timed finish(backup) == 40
