// Strings are for printing and comparing; `{e}` stands for a value in print and assert.
scenario "strings"

shared name = "ann"
shared same = false
shared plain = ""

thread t {
  let n = 3
  print "{name} has {n + 1}, {{braces}}, a tab\tand \"quotes\""
  same = name == "ann" and name != "bob"
  plain = "a\nb\\"
  assert same, "{name} is not ann"
  print n
  print (n, true)
}

expect finally same and plain == "a\nb\\" and name == "ann"
