// infinite: true  verdict: violated
// By hand: the event is not set all the time, so weak fairness lets a be passed over.
event flag
shared done = false
thread a { wait flag; done = true }
thread b { loop { signal flag; reset flag } }
expect eventually done
