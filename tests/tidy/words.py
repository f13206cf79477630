"""Words: no promise to do it later, no path of somebody's machine, no package registry's host.

The words are put together from pieces, so that this file passes its own check.
"""

import re


def words(*pieces):
    return "".join(pieces)


RULES = [
    (re.compile(r"\b(?:" + "|".join([words("TO", "DO"), words("FIX", "ME"), words("XX", "X")])
                + r")\b"), "a promise to do it later belongs in an issue"),
    (re.compile(r"(?<![\w.}/$])/(?:" + "|".join([words("wo", "rk"), words("ro", "ot"),
                                              words("ho", "me")]) + r")/"),
     "a path of somebody's machine"),
    (re.compile("|".join(re.escape(host) for host in [
        words("py", "pi.org"), words("python", "hosted.org"), words("deb.", "debian.org"),
        words("security.", "debian.org"), words("registry.", "npmjs"), words("crates", ".io"),
        words("conda.", "anaconda.org")])), "a package registry's host: clients know their own"),
]


def check(tree, options):
    found = []
    for path in tree.paths:
        for number, line in enumerate(tree.text(path).split("\n"), 1):
            for rule, why in RULES:
                match = rule.search(line)
                if match:
                    found.append(f"{path}:{number}: '{match[0]}': {why}")
    return found
