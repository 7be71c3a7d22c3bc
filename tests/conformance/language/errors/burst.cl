// sjf and srtf must know how long threads work.
processor cpu { cores 1 scheduler sjf }
const N = 3
shared x = 0
fn chunk(n) { work n * 2 }
thread known { repeat N { work 2 } chunk(4) }
thread said with burst 9 { loop { work 1; if x == 1 { break } } }
thread unknown { while x < 3 { work 1; x += 1 } } //! 8 CL0718
thread depends { work x } //! 8 CL0718
thread family[i in 0..3] { work i; if i == 2 { work x } } //! 8 CL0718
thread idle { x = 1 }
