#!/usr/bin/env python3
"""table.py - the figures that benchmarks print, as one table.

Passes on what comes by its input, but for lines that begin with FIGURE:

    FIGURE<TAB>name<TAB>measured<TAB>bound<TAB>unit<TAB>goal

The goal ("<= 1.5") is about measured / bound, or about what was measured when
the bound is "-".  At the end the table; a goal that is missed is no error.
"""
import operator
import sys

MEETS = {"<=": operator.le, ">=": operator.ge}
HEAD = ("figure", "measured", "bound", "ratio", "goal", "met")


def row(line):
    name, measured, bound, unit, goal = line.rstrip("\n").split("\t")[1:]
    how, limit = goal.split()
    value = float(measured)
    ratio = None if bound == "-" else value / (float(bound) or 1e-9)
    met = MEETS[how](value if ratio is None else ratio, float(limit))
    return (name, "%s %s" % (measured, unit),
            "-" if ratio is None else "%s %s" % (bound, unit),
            "-" if ratio is None else "%.2f" % ratio, goal,
            "yes" if met else "NO")


def main():
    rows = []
    for line in sys.stdin:
        if line.startswith("FIGURE\t"):
            try:
                rows.append(row(line))
                continue
            except (ValueError, KeyError):
                pass  # it is shown as it came
        print(line, end="", flush=True)
    if not rows:
        return
    widths = [max(len(r[i]) for r in [HEAD] + rows) for i in range(len(HEAD))]
    print("== figures: goals of measured / bound, in this run")
    for r in [HEAD, tuple("-" * w for w in widths)] + rows:
        print(" | ".join(
            text.rjust(width) if 0 < i < 4 else text.ljust(width)
            for i, (text, width) in enumerate(zip(r, widths))).rstrip())
    print("%d of %d goals met" % (sum(r[-1] == "yes" for r in rows),
                                  len(rows)))


main()
