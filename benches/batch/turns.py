#!/usr/bin/env python3
"""CPU time of some builds of vanthu over the same batch, in turn: for changes that are smaller than the machine's noise.

    python benches/batch/turns.py [--units 61] [--rounds 30] [--jobs 1] [--formats pdf] PROGRAM PROGRAM...

Each round runs all programs in an order drawn anew (the same draws in every call). The least, tenth, quartile and median
of each program's seconds are printed, and what they are of the first program's. `NAME=VALUE` words in front of a program
are its environment: `"MIMALLOC_PURGE_DELAY=-1 target/dist/vanthu"`. A folder in memory for TMPDIR leaves the disk out.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import compare


def seconds(program, units_file, folder, jobs, formats):
    *settings, path = program.split()
    shutil.rmtree(folder, ignore_errors=True)
    command = [path, "batch", compare.PLAN, "--units", units_file, "-o", folder, "--name", "{{ stt }}"]
    environment = os.environ | dict(setting.split("=", 1) for setting in settings)
    return compare.run([*command, "--formats", formats, "--jobs", jobs, "--quiet"], env=environment)["cpu"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--units", type=int, default=61)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--formats", default="pdf")
    args = parser.parse_args()
    draw = random.Random(1)
    found = {program: [] for program in args.programs}
    with tempfile.TemporaryDirectory() as folder:
        units_file = Path(folder) / "units.csv"
        compare.write_list(units_file, compare.all_units(args.units))
        for _ in range(args.rounds):
            for program in draw.sample(args.programs, len(args.programs)):
                out = Path(folder) / "out"
                found[program].append(seconds(program, units_file, out, args.jobs, args.formats))
    places = {"least": 0, "tenth": 0.1, "quartile": 0.25, "median": 0.5}
    first = None
    for program, all_seconds in found.items():
        ordered = sorted(all_seconds)
        at = [ordered[int(part * (len(ordered) - 1))] for part in places.values()]
        first = first or at
        print(program, *(f"{name} {s:.3f} ({s / base:.2f})" for name, s, base in zip(places, at, first)), sep="  ")


if __name__ == "__main__":
    main()
