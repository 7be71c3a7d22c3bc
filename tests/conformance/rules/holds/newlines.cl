// What ends a statement, and where a newline says nothing.
scenario "newlines"

const SUM = (
  1
  + 2
)
shared a[3] = [
  1,
  2,
  3,
]
shared b = 0; shared c = 0
shared d = 0
lock m
lock n

fn add(
  x,
  y,
) {
  return x * y / 2
    // a comment after the value changes nothing
}

thread t
{
  b = add(
    a[
      0
    ],
    2,
  ) + (a[1]
    + a[2])
  if b == 1
  {
    c = 1
  }
  else if b == 6
  {
    c = 2
  }
  else { c = 3 }
  lock m { d += 1 } lock n { d += 1 }
  repeat 2 { d += 1; }
  ;
}

expect finally b == 6
expect finally c == 2
expect finally d == 4 and SUM == 3
