"""What a step does: states as flat words, and the one meaning of every micro-op.

`opcodes` numbers, `tables` a program as flat tables, `state` layout and buffers, `sync` locks and
channels, `step` the step itself, `world` all of it for callers in Python.
"""
