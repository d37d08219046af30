#!/usr/bin/env python3
"""Two programs over the same batch at once, each on a core of its own: what changes the machine's speed changes both.

    python benches/batch/at_once.py [--units 150] [--rounds 10] [--formats pdf] VANTHU OTHER

OTHER is another vanthu, or a way to feed the kept Typst compiler of compare.py: file, json, inputs (PDF only). In each
round both run twice, cores exchanged. Printed is how many times as fast VANTHU is: geometric mean of the rounds, its
standard error, least and greatest. One job each. A folder in memory for TMPDIR leaves the disk out.
"""

import argparse
import math
import os
import statistics
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import compare


def start(core, work, found):
    """Runs `work` on a core; what it starts stays there, too."""

    def run():
        os.sched_setaffinity(0, {core})
        found.append(work()["seconds"])

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def both(works, cores):
    found = [[], []]
    threads = [start(*what) for what in zip(cores, works, found)]
    for thread in threads:
        thread.join()
    if not all(found):
        sys.exit("A program ended with an error.")
    return found[0][0], found[1][0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vanthu", type=Path)
    parser.add_argument("other")
    parser.add_argument("--units", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--formats", default="pdf")
    args = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))[:2]
    if len(cores) < 2 or args.rounds < 2:
        sys.exit("Two cores and two rounds are needed.")
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        units_file = folder / "units.csv"
        units = compare.all_units(args.units)
        compare.write_list(units_file, units)

        def batch(program, name):
            return lambda: compare.vanthu_batch(program, units_file, args.units, folder / name, args.formats, 1)

        works = [batch(args.vanthu, "one"), batch(args.other, "other")]
        if args.other in compare.TYPST_WAYS:
            compare.make_templates(args.vanthu, folder, units)
            works[1] = lambda: compare.worker(args.other, folder, args.units)
        for _ in range(args.rounds):
            runs = [both(works, cores), both(works, cores[::-1])]
            ratios.append(sum(math.log(other / own) for own, other in runs) / 2)
    error = statistics.stdev(ratios) / math.sqrt(len(ratios))
    mean, least, greatest = (math.exp(value) for value in (statistics.mean(ratios), min(ratios), max(ratios)))
    print(f"{mean:.3f} times as fast as {args.other} (± {error:.3f}; {least:.2f} to {greatest:.2f})")


if __name__ == "__main__":
    main()
