// Cooks are cores, orders are threads, the oven is a device. A cook puts a dish into the oven and
// turns to the next order; the oven needs no cook. Three orders, one cook, and the last plate
// leaves at 15.
//
// Concept: waiting without a core
// Verdict: safe
// Twin: kitchen_broken.cl
// Checked by: hand
// By hand: chopping 0-2, 2-4, 4-6; the oven bakes one dish after the other 2-6, 6-10, 10-14;
//   plates at 6-7, 10-11, 14-15.
// Next: a second oven (device oven(2)) or a second cook: which helps more?
scenario "The restaurant kitchen"

processor kitchen { cores 1  scheduler fifo }
device oven

thread order[i in 0..3] { work 2; io 4 on oven; work 1 }

expect timed makespan == 15
expect timed running(order[0]) == 3
