processor cpu { cores 1  scheduler rate_monotonic }

thread a with period 50 { work 25 }
thread b with period 80 { work 35 }

expect timed misses == 1
