// Completely fair means equal shares among equals, and the scheduler cannot know that one of them
// has time.
//
// Concept: proportional share
// Verdict: slow
// Twin: cfs.cl
// Source: CFS is from Linux 2.6.23 (2007); EEVDF from I. Stoica and H. Abdel-Wahab (1995)
// Checked by: hand
// By hand: they take turns: the editor has 0, 2, … 18 and ends at 19.
// Next: give the editor nice -10 instead. Is that the same?
scenario "Equally fair to a backup"

processor cpu { cores 1  scheduler cfs }

thread editor { work 10 }
thread backup { work 30 }

expect timed finish(editor) == 19
expect timed finish(editor) == 19 under eevdf
expect timed finish(backup) == 40
