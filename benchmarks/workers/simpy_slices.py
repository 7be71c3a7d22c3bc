"""SimPy 4: processes that share a resource in slices.

Arguments: processes, capacity, rounds, length of a slice.
"""

import json
import sys
import time


def main() -> None:
    import simpy

    processes, capacity, rounds, length = map(int, sys.argv[1:])
    environment = simpy.Environment()
    cores = simpy.Resource(environment, capacity=capacity)

    def worker() -> "object":
        for _ in range(rounds):
            with cores.request() as turn:
                yield turn
                yield environment.timeout(length)

    for _ in range(processes):
        environment.process(worker())
    start = time.perf_counter()
    environment.run()
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "slices": processes * rounds, "end": environment.now}))


main()
