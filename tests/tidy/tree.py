"""The files of a checkout, as every check of tests/tidy sees them."""

import os
import re
import subprocess
from pathlib import Path, PurePosixPath

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
NOT_OURS = {".git", "build", "dist", "__pycache__", ".cache", ".pytest_cache"}


class Tree:
    """Paths are relative to the root, with '/', and sorted."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self.paths = sorted(self._listed() or self._walked())
        self._texts = {}

    def _listed(self):
        """What git tracks or would track; nothing where this is no checkout."""
        if not (self.root / ".git").exists():
            return []
        try:
            out = subprocess.run(
                ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                cwd=self.root, capture_output=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            return []
        names = set(out.decode().split("\0")) - {""}
        return [n for n in names if (self.root / n).is_file()]

    def _walked(self):
        for folder, folders, names in os.walk(self.root):
            folders[:] = [f for f in folders if f not in NOT_OURS]
            for name in names:
                yield (Path(folder) / name).relative_to(self.root).as_posix()

    def under(self, *folders, suffix=""):
        """The paths in any of some folders, and with one ending."""
        return [p for p in self.paths
                if p.endswith(suffix) and any(p.startswith(f + "/") for f in folders)]

    def cpp(self):
        return [p for p in self.paths if p.endswith((".hpp", ".cpp"))]

    def text(self, path):
        """The text of a file; empty for one that is not UTF-8, such as a picture."""
        if path not in self._texts:
            try:
                self._texts[path] = (self.root / path).read_bytes().decode()
            except UnicodeDecodeError:
                self._texts[path] = ""
        return self._texts[path]

    def includes(self, path):
        """(line, '<' or '"', name) of every #include."""
        text = self.text(path)
        return [(text.count("\n", 0, m.start()) + 1, m[1], m[2]) for m in INCLUDE.finditer(text)]

    def resolve(self, path, style, name):
        """The file of ours that an #include means, or None."""
        places = ["include/" + name, "lib/" + name]
        if style == '"':
            here = PurePosixPath(path).parent / name
            places.insert(0, os.path.normpath(here).replace(os.sep, "/"))
        return next((p for p in places if (self.root / p).is_file()), None)
