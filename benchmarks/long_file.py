"""A well-formed scenario of a given number of lines, using most of the language."""

from __future__ import annotations

HEAD = """\
scenario "A long file"

processor cpu {
  cores 4
  scheduler round_robin(quantum: 3)
  cost { read 1 write 1 sync 2 local 0 }
}

const LIMIT = 8
"""

# One unit of 50 lines; every name carries the unit's number.
UNIT = """\
shared total_N = 0
shared cells_N[4] = 0
atomic hits_N = 0
lock guard_N
semaphore slots_N(2)
condition ready_N
channel jobs_N(4)
rwlock table_N with prefer_writers

fn helper_N(a, b) {
  let sum = a + b * 2
  if sum > LIMIT { return sum - LIMIT }
  return sum
}

// The producer of this unit.
thread producer_N with priority 2 {
  for i in 0..LIMIT {
    let value = helper_N(i, 3)
    jobs_N <- value
    cells_N[i % 4] = value + 1
  }
  close jobs_N
}

thread consumer_N[k in 0..2] {
  for v in jobs_N {
    lock guard_N {
      total_N += v
      while total_N < 0 { wait ready_N }
      signal ready_N
    }
    hits_N.add(1)
    select {
      case w = <-jobs_N { total_N = total_N + w }
      default { work 2 }
    }
  }
  read table_N { print "total {total_N} of {k}" }
}

thread spare_N {
  acquire slots_N
  if hits_N > 3 and total_N != 4 { sleep 2 } else { yield }
  release slots_N
}

expect always total_N >= 0
"""


def long_file(lines: int) -> str:
    """About `lines` lines: the head and as many units as fit."""
    text = [HEAD]
    count = HEAD.count("\n")
    number = 0
    while count + UNIT.count("\n") <= lines:
        text.append(UNIT.replace("_N", f"_{number}"))
        count += UNIT.count("\n")
        number += 1
    text.append("// the end\n" * (lines - count))
    return "".join(text)
