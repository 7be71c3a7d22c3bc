"""How fast conclang is, as ratios against yardsticks measured in the same run.

Three groups, one front door (`python -m benchmarks`):

* `explore`: file to verdict, against Harmony and SPIN (`peers/`);
* `text`: file to checked program, start-up and formatter, against Lark, click and a bare import;
* `timed`: timed runs, against SimSo and SimPy, and how the cost of an event grows.

Absolute seconds say little about a program on somebody else's machine, so every figure that is
judged is a quotient of two medians whose repetitions were interleaved. A tool that is not
installed is "absent", a run that is cut off is "over" its time limit; neither is ever guessed.
"""
