"""A check that never fails proves nothing: each is shown a small good tree, then one violation."""

import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.dont_write_bytecode = True

import tidy
from tree import Tree
from words import words as joined

RESULT = "include/banli/base/result.hpp"
GOOD = {
    RESULT: "#pragma once\n\n#include <string>\n\nnamespace banli {\n"
            "enum class errc { bad_date, bad_yaml };\n} // namespace banli\n",
    "include/banli/time/civil.hpp": "#pragma once\n\n#include <banli/base/result.hpp>\n",
    "include/banli/engine/decide.hpp": "#pragma once\n\n#include <banli/time/civil.hpp>\n",
    "lib/engine/decide.cpp": '#include <banli/engine/decide.hpp>\n\n#include "moves.hpp"\n',
    "lib/engine/moves.hpp": "#pragma once\n",
    "tests/engine/decide_test.cpp": "#include <banli/engine/decide.hpp>\n\n"
                                    '// reads days.csv\nconst auto code = banli::errc::bad_date;\n',
    "tests/cases/days.csv": "2025-10-11\n",
    "tests/tidy/errors_untested.txt": "# shrinks\nbad_yaml\n",
    "tests/compile_fail/number.cpp": "#ifdef MUST_NOT_COMPILE\nint n = nullptr;\n#endif\n",
    "README.md": "# banli\n\n<!-- lib/engine/decide.cpp -->\n```cpp\n#include <banli/engine/decide.hpp>\n"
                 "```\n\n```\n./run demo\n```\n",
    ".clang-format": "BasedOnStyle: LLVM\nColumnLimit: 100\n",
}
COMPILED = ["lib/engine/decide.cpp", "tests/engine/decide_test.cpp"]
TOOLS = []


class every_check(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name) / "tree"
        self.build = Path(folder.name) / "build"
        for path, text in GOOD.items():
            self.write(path, text)
        self.build.mkdir()
        (self.build / "compile_commands.json").write_text(
            json.dumps([{"directory": str(self.root), "file": path} for path in COMPILED]))

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def violations(self, check):
        options = tidy.options([check, "--root", str(self.root), "--build", str(self.build), *TOOLS])
        with contextlib.redirect_stdout(io.StringIO()):
            return tidy.CHECKS[check].check(Tree(self.root), options)

    def fails(self, check, path, text, saying):
        """The tree is good, is bad with this file, and good again without it."""
        self.assertEqual(self.violations(check), [])
        self.write(path, text)
        found = self.violations(check)
        self.assertEqual(len(found), 1, found)
        self.assertIn(saying, found[0])
        if path in GOOD:
            self.write(path, GOOD[path])
        else:
            (self.root / path).unlink()
        self.assertEqual(self.violations(check), [])

    def test_the_good_tree_passes(self):
        for check in tidy.CHECKS:
            self.assertEqual(self.violations(check), [], check)

    def test_layers_upwards(self):
        self.fails("layers", "include/banli/time/civil.hpp",
                   "#include <banli/engine/decide.hpp>\n", "time must not include engine")

    def test_layers_siblings(self):
        self.write("include/banli/document/yaml.hpp", "")
        self.fails("layers", "include/banli/interchange/xes.hpp",
                   "#include <banli/document/yaml.hpp>\n", "interchange must not include document")

    def test_layers_private_header_of_another_layer(self):
        self.fails("layers", "lib/flowchart/marking.cpp", '#include "engine/moves.hpp"\n',
                   "flowchart must not include engine")

    def test_layers_unknown(self):
        self.fails("layers", "lib/util/helpers.cpp", "", "'util' is no layer")

    def test_layers_missing_file(self):
        self.fails("layers", "lib/engine/more.cpp", "#include <banli/engine/gone.hpp>\n",
                   "no such file of ours")

    def test_headers_alone(self):
        self.fails("headers", "include/banli/time/text.hpp",
                   "#pragma once\nstd::string text();\n", "does not compile alone")

    def test_headers_twice(self):
        self.fails("headers", "include/banli/time/text.hpp", "struct text {};\n", "twice")

    def test_headers_warning(self):
        self.fails("headers", "include/banli/time/text.hpp",
                   "#pragma once\ninline int text(long n) { return n; }\n", "conversion")

    def test_leaks(self):
        for name in ("yaml-cpp/yaml.h", "sqlite3.h", "boost/json.hpp", "pugixml.hpp"):
            self.fails("leaks", "include/banli/engine/more.hpp", f"#include <{name}>\n",
                       f"leaks <{name}>")

    def test_dead_private_header(self):
        self.fails("dead", "lib/engine/unused.hpp", "", "nobody includes")

    def test_dead_public_header(self):
        self.fails("dead", "include/banli/engine/unused.hpp", "", "nobody includes")

    def test_dead_header_that_includes_itself(self):
        self.fails("dead", "lib/engine/unused.hpp", '#include "unused.hpp"\n', "nobody includes")

    def test_dead_source(self):
        self.fails("dead", "lib/engine/unused.cpp", "", "in no target")

    def test_dead_test(self):
        self.fails("dead", "tests/engine/unused_test.cpp", "", "in no target")

    def test_dead_data(self):
        self.fails("dead", "tests/cases/unused.csv", "", "no test names")

    def test_dead_python(self):
        self.fails("dead", "tests/python/unused.py", "", "neither")

    def test_format(self):
        self.fails("format", "lib/engine/decide.cpp", "int  n;\n", "lib/engine/decide.cpp")

    def test_words(self):
        for bad in (joined("TO", "DO"), joined("FIX", "ME: later"), joined("'/ro", "ot/.cache'"),
                    joined("see /wo", "rk/main"), joined("/ho", "me/me"),
                    joined("https://py", "pi.org/simple"), joined("deb.", "debian.org")):
            self.fails("words", "README.md", f"# banli\n{bad}\n", "README.md:2")

    def test_words_in_an_address_are_no_path(self):
        self.write("README.md", joined("https://www.gov.cn/ho", "me/2025.html"))
        self.assertEqual(self.violations("words"), [])

    def test_errors_untested(self):
        self.fails("errors", RESULT, GOOD[RESULT].replace("bad_yaml", "bad_yaml, bad_word"),
                   "no test provokes errc::bad_word")

    def test_errors_list_shrinks(self):
        self.fails("errors", "tests/document/yaml_test.cpp", 'const auto code = "bad-yaml";\n',
                   "take it off the list")

    def test_errors_list_names_codes(self):
        self.fails("errors", "tests/tidy/errors_untested.txt", "bad_yaml\nbad_word\n",
                   "there is no errc::bad_word")

    def test_readme_program_differs(self):
        self.fails("readme", "README.md", GOOD["README.md"].replace("decide.hpp>", "moves.hpp>"),
                   "README.md:4: not as in lib/engine/decide.cpp")

    def test_readme_program_is_from_nowhere(self):
        self.fails("readme", "README.zh-CN.md", "```python\nimport banli\n```\n",
                   "no comment says which file")

    def test_readme_file_is_missing(self):
        self.fails("readme", "README.md", "<!-- gone.txt -->\n```\n2025-10-11\n```\n", "no gone.txt")

    def test_compile_fail_compiles(self):
        self.fails("compile_fail", "tests/compile_fail/more.cpp", "", "compiles, and must not")

    def test_compile_fail_broken_anyway(self):
        self.fails("compile_fail", "tests/compile_fail/more.cpp", "int n = nullptr;\n",
                   "does not compile even when it should")


if __name__ == "__main__":
    TOOLS = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
