"""Dead files: a header nobody includes, a source in no target, data no test names."""

import json
import re
from pathlib import Path


def dead_headers(tree):
    included = set()
    for path in tree.cpp():
        for _, style, name in tree.includes(path):
            target = tree.resolve(path, style, name)
            if target and target != path:
                included.add(target)
    for path in tree.under("include", "lib", "bindings", "tests", "benchmarks", "examples"):
        if path.endswith((".hpp", ".h", ".ipp")) and path not in included:
            yield f"{path}: nobody includes this header"


def dead_sources(tree, build):
    """Sources missing from the build. A part of the house that was not configured is not judged."""
    commands = json.loads((Path(build) / "compile_commands.json").read_text())
    files = [Path(command["directory"], command["file"]).resolve() for command in commands]
    for unit in [f for f in files if f.name.startswith("unity_") and f.exists()]:
        files += [Path(name) for name in re.findall(r'^#include "(.+)"$', unit.read_text(), re.M)]
    compiled = {f.relative_to(tree.root).as_posix() for f in files if f.is_relative_to(tree.root)}
    for part in ("lib", "bindings/cli", "bindings/python", "tests", "examples", "benchmarks"):
        configured = part == "lib" or any(c.startswith(part + "/") for c in compiled)
        for path in tree.under(part, suffix=".cpp") if configured else []:
            by_script = path.startswith(("tests/consumer/", "tests/compile_fail/", "tests/fuzz/"))
            if path not in compiled and not by_script:
                yield f"{path}: in no target"


def dead_data(tree):
    """A file of data is named by a test or by ./run, or the folder it shares with its like is."""
    code = (".cpp", ".hpp", ".py", ".cmake", "CMakeLists.txt")
    texts = [tree.text(p) for p in tree.under("tests") if p.endswith(code)]
    texts += [tree.text(p) for p in tree.paths if p == "run"]
    for path in tree.under("tests"):
        parts = path.split("/")
        if path.endswith(code) or len(parts) < 3 or parts[1] == "tidy":
            continue
        names = [parts[-1], *(f"{folder}/" for folder in parts[2:-1]),
                 *(f'/{folder}"' for folder in parts[2:-1])]
        if not any(name in text for name in names for text in texts):
            yield f"{path}: no test names this file"


def dead_python(tree):
    for path in tree.under("tests/python", suffix=".py"):
        name = path.rsplit("/", 1)[1]
        stem = name.removesuffix(".py")
        if name.endswith("_test.py") or name == "conftest.py":
            continue
        if not any(f"import {stem}" in tree.text(p) or f"from {stem}" in tree.text(p)
                   for p in tree.under("tests/python", suffix=".py")):
            yield f"{path}: neither a *_test.py nor imported by one"


def check(tree, options):
    found = [*dead_headers(tree), *dead_data(tree), *dead_python(tree)]
    if options.build:
        found += dead_sources(tree, options.build)
    return found
