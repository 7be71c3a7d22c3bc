// infinite: true  fairness: strong
// By hand: it is set again and again, so strong fairness lets a pass.
event flag
shared done = false
thread a { wait flag; done = true }
thread b { loop { signal flag; reset flag } }
expect eventually done
