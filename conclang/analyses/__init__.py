"""What can be learnt from a run: metrics, clocks, races, waits, causes in words."""
