"""What a machine can judge about the house.

    python3 tests/tidy/tidy.py layers            one check of this checkout; see CHECKS
    python3 tests/tidy/tidy.py dead --build DIR  with the build whose targets count

Prints every violation as "file:line: what", and exits 1 if there is one.
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.dont_write_bytecode = True

import compile_fail
import dead
import errors
import format as formatting
import headers
import layers
import leaks
import readme
import words
from tree import Tree

CHECKS = {
    "layers": layers,
    "headers": headers,
    "leaks": leaks,
    "dead": dead,
    "format": formatting,
    "words": words,
    "errors": errors,
    "readme": readme,
    "compile_fail": compile_fail,
}


def options(arguments=()):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("check", choices=CHECKS)
    parser.add_argument("--root", default=Path(__file__).parents[2], help="the checkout")
    parser.add_argument("--build", help="the build folder whose compile_commands.json counts")
    parser.add_argument("--cxx", default="g++", help="the compiler")
    parser.add_argument("--system", action="append", default=[], help="a third-party include folder")
    parser.add_argument("--clang-format", default="clang-format-16")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    return parser.parse_args(arguments)


def main():
    wanted = options(sys.argv[1:])
    found = CHECKS[wanted.check].check(Tree(wanted.root), wanted)
    for violation in found:
        print(violation)
    print(f"{wanted.check}: {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
