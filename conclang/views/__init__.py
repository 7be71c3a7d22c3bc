"""Every view of a scenario by name: run it or check it, and hand what happened to a drawing.

What `draw`, the Python API, notebooks and notes share. Nothing here knows a terminal.
"""
