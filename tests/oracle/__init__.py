"""An independent brute-force checker, for agreement tests only.

Written from the language page alone, in the plainest way that could work: a scenario's tree is
translated to stack code (`code.py`), a state is one immutable value (`state.py`), a step is a
function from a state to all states that may follow (`step.py`, `tasks.py`), and the search visits
everything, reduces nothing and counts exactly (`search.py`). `generate.py` makes small random
scenarios. Nothing here may import conclang's machine, lowering or explorer.
"""
