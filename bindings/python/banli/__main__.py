"""python -m banli: the same command line as the program."""

import sys

from banli import _core


def main() -> None:
    """Runs the command line of this process and exits with its code."""
    sys.exit(_core.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
