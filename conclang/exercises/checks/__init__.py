"""The kinds of checks: each a function from a `Desk` and its checks to outcomes.

A new kind is a file here, a row in `KINDS` of `grading`, and its key in `table`.
"""
