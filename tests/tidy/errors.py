"""Errors: every error code is provoked by some test.

The codes no test provokes yet stand in errors_untested.txt. That list only shrinks: a code that a
test has come to name must leave it. Codes no public header documents are reported, not judged.
"""

import re

RESULT = "include/banli/base/result.hpp"
UNTESTED = "tests/tidy/errors_untested.txt"


def codes(tree):
    body = re.search(r"enum class errc[^{]*\{(.*?)\};", tree.text(RESULT), re.DOTALL)
    lines = re.sub(r"//.*", "", body[1]) if body else ""
    return re.findall(r"\b([a-z][a-z_0-9]*)\b", lines)


def named(texts, code):
    """Whether a text has errc::bad_date or the text form, bad-date."""
    shapes = [rf"errc::{code}\b", rf"(?<![\w-]){code.replace('_', '-')}(?![\w-])"]
    return any(re.search("|".join(shapes), text) for text in texts)


def check(tree, options):
    tests = [tree.text(p) for p in tree.under("tests") if not p.startswith("tests/tidy/")]
    headers = [tree.text(p) for p in tree.under("include", suffix=".hpp") if p != RESULT]
    listed = tree.text(UNTESTED).splitlines() if UNTESTED in tree.paths else []
    allowed = {line for line in listed if line and line[0] != "#"}
    known = codes(tree)

    found = []
    for code in known:
        tested = named(tests, code)
        if not tested and code not in allowed:
            found.append(f"{RESULT}: no test provokes errc::{code}")
        if tested and code in allowed:
            found.append(f"{UNTESTED}: {code} is tested now; take it off the list")
    found += [f"{UNTESTED}: there is no errc::{code}" for code in sorted(allowed - set(known))]

    undocumented = [c for c in known if not any(re.search(rf"\b{c}\b", h) for h in headers)]
    print(f"{len(known)} codes, {len(allowed)} not tested yet; "
          f"documented by no header: {', '.join(undocumented) or 'none'}")
    return found
