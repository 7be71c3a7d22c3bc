"""Exercises: read from `exercise.yaml`, solved in the language, graded by exploring every schedule.

A submission is judged in three steps. `handing_in` reads it without ever following a path out of
its folder; `grading` judges it against the checks of an `Exercise`, each check kind in a file of
its own under `checks`; `formats` says the result in the words of whoever asked. `workers` does
this for many submissions at once, each within limits of time and memory.

Nothing here knows the command line.
"""
