"""Leaks: a public header includes the standard library, banli, Boost.System's result and fmt; the core
may keep Boost's containers in its `detail`. No more.

Whoever includes a header of ours must not be made to install what only our sources need.
"""

import re

STANDARD = re.compile(r"[a-z_0-9]+$")  # <vector>; a C header has an ending and is another library's
ALLOWED = re.compile(r"banli/[a-z_0-9/]+\.hpp$|boost/system/result\.hpp$|boost/container/[a-z_]+\.hpp$|fmt/[a-z]+\.h$")


def check(tree, options):
    found = []
    for path in tree.under("include"):
        for line, style, name in tree.includes(path):
            if style == '"':
                found.append(f'{path}:{line}: write <banli/...>, not "{name}"')
            elif not STANDARD.match(name) and not ALLOWED.match(name):
                found.append(f"{path}:{line}: leaks <{name}>")
    return found
