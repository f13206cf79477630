"""python -m banli: the same command line as the program."""

import sys

from banli._core import main

sys.exit(main(sys.argv[1:]))
