"""Readme: every program a reader sees is a file under test.

A block of C++ or Python in README*.md stands below a comment that names the file it is taken from,
and is a run of whole lines of that file:

    <!-- examples/deadline/deadline.cpp -->
    ```cpp
    auto due = ...
    ```

So is any other block below such a comment: the output of the program, for one.
"""

import re

BLOCK = re.compile(r"(?:<!-- *(\S+) *-->[ \t]*\n\s*)?^```(\w*)[ \t]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
PROGRAMS = {"cpp", "c++", "python", "py"}


def check(tree, options):
    found = []
    for path in tree.paths:
        if not re.fullmatch(r"README[^/]*\.md", path):
            continue
        text = tree.text(path)
        for block in BLOCK.finditer(text):
            source, language, body = block.groups()
            where = f"{path}:{text.count(chr(10), 0, block.start(2)) + 1}"
            if source is None:
                if language in PROGRAMS:
                    found.append(f"{where}: no comment says which file this program is from")
            elif source not in tree.paths:
                found.append(f"{where}: there is no {source}")
            elif "\n" + body not in "\n" + tree.text(source):
                found.append(f"{where}: not as in {source}")
    return found
