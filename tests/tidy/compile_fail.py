"""What must not compile: each file of tests/compile_fail compiles, and with MUST_NOT_COMPILE not.

The first half matters as much: a file that is broken anyway proves nothing.
"""

from headers import compiles


def check(tree, options):
    found = []
    for path in tree.under("tests/compile_fail", suffix=".cpp"):
        complaint = compiles(tree, options, tree.text(path))
        if complaint:
            found.append(f"{path}: does not compile even when it should\n{complaint}")
        elif compiles(tree, options, tree.text(path), ["-DMUST_NOT_COMPILE"]) is None:
            found.append(f"{path}: compiles, and must not")
    return found
