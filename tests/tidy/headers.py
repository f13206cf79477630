"""Headers: every public header compiles alone, and twice in one file."""

import subprocess
from concurrent.futures import ThreadPoolExecutor

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]


def compiles(tree, options, source, flags=()):
    """The compiler's complaint about a piece of code, or None."""
    command = [options.cxx, "-std=c++20", "-fsyntax-only", *WARNINGS, *flags,
               "-I", str(tree.root / "include")]
    for folder in options.system:
        command += ["-isystem", folder]
    done = subprocess.run([*command, "-x", "c++", "-"], input=source.encode(),
                          capture_output=True, cwd=tree.root)
    return None if done.returncode == 0 else done.stderr.decode(errors="replace")


def check(tree, options):
    headers = tree.under("include", suffix=".hpp")

    def one(path):
        line = f"#include <{path.removeprefix('include/')}>\n"
        complaint = compiles(tree, options, line + line)
        return complaint and f"{path}: does not compile alone and twice\n{complaint}"

    with ThreadPoolExecutor(options.jobs) as pool:
        return [found for found in pool.map(one, headers) if found]
