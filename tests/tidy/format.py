"""Format: every C++ file is as clang-format 16 would write it (./run format does so)."""

import shutil
import subprocess


def check(tree, options):
    if shutil.which(options.clang_format) is None:
        return [f"{options.clang_format} is not installed"]
    files = tree.cpp()
    if not files:
        return []
    done = subprocess.run([options.clang_format, "--dry-run", "-Werror", *files], cwd=tree.root,
                          capture_output=True)
    complaints = done.stderr.decode(errors="replace").splitlines()
    return [line for line in complaints if "[-Wclang-format-violations]" in line] or (
        complaints if done.returncode else [])
