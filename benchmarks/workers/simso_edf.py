"""SimSo: periodic tasks under global EDF. Arguments: duration, cores, then period:work pairs.

Only the simulation itself is timed, not the import and not the set-up. SimSo's EDF prints every
decision; that is switched off in its favour.
"""

import builtins
import json
import sys
import time


def main() -> None:
    from simso.configuration import Configuration
    from simso.core import Model

    duration, cores, *pairs = sys.argv[1:]
    configuration = Configuration()
    configuration.duration = int(duration) * configuration.cycles_per_ms
    for number, pair in enumerate(pairs, 1):
        period, work = map(int, pair.split(":"))
        configuration.add_task(
            name=f"t{number}",
            identifier=number,
            period=period,
            activation_date=0,
            wcet=work,
            deadline=period,
        )
    for number in range(1, int(cores) + 1):
        configuration.add_processor(name=f"cpu{number}", identifier=number)
    configuration.scheduler_info.clas = "simso.schedulers.EDF"
    configuration.check_all()
    model = Model(configuration)
    say, builtins.print = builtins.print, lambda *_, **__: None
    start = time.perf_counter()
    model.run_model()
    seconds = time.perf_counter() - start
    builtins.print = say
    jobs = sum(len(task.jobs) for task in model.results.tasks.values())
    misses = sum(task.exceeded_count for task in model.results.tasks.values())
    print(json.dumps({"seconds": seconds, "jobs": jobs, "misses": misses}))


main()
