"""The JSON Schemas: every example is valid, every badly shaped sample is not.

Editors complete and check documents by these schemas, so they must say what the loader says.
"""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
SCHEMAS = {p.name.removesuffix(".schema.json"): json.loads(p.read_text(encoding="utf-8"))
           for p in sorted((ROOT / "schemas").glob("*.schema.json"))}
EXAMPLES = sorted((ROOT / "examples").rglob("*.yaml"))
BAD_SHAPES = sorted((ROOT / "tests/document/bad/shape").glob("*.yaml")) \
    + [ROOT / "tests/run/bad/supervision.yaml"]  # read by itself, and not with a configuration


class Loader(yaml.SafeLoader):
    """YAML as an editor reads it (the 1.2 core): 2025-10-11, 0123 and yes are text."""


Loader.yaml_implicit_resolvers = {}
for tag, shape, first in (
        ("bool", r"true|false", "tf"),
        ("null", r"~|null|", ["~", "n", ""]),
        ("int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
        ("float", r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?", "-0123456789")):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{shape})$"), first)


def faults(path):
    document = yaml.load(path.read_text(encoding="utf-8"), Loader)
    kind = document.get("kind") if isinstance(document, dict) else None
    if kind not in SCHEMAS:
        return [f"{kind} is no kind of document"]
    return [e.message for e in jsonschema.Draft202012Validator(SCHEMAS[kind]).iter_errors(document)]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_schema_is_one(kind):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[kind])
    assert SCHEMAS[kind]["$schema"].endswith("2020-12/schema")
    assert SCHEMAS[kind]["title"] and SCHEMAS[kind]["description"]


def properties(schema, path=""):
    for name, of in schema.get("properties", {}).items():
        yield f"{path}/{name}", of
        yield from properties(of, f"{path}/{name}")
        yield from properties(of.get("items", {}) if isinstance(of, dict) else {}, f"{path}/{name}")


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_property_is_described_in_both_languages(kind):
    for path, of in properties(SCHEMAS[kind]):
        said = of.get("description", "")
        assert re.search(r"[A-Za-z]{2}", said) or path == "/kind", path
        assert re.search(r"[\u4e00-\u9fff]", said), path


@pytest.mark.parametrize("kind", SCHEMAS)
def test_no_object_takes_unknown_keys(kind):
    def objects(node):
        if isinstance(node, dict):
            if "properties" in node and node.get("type") == "object":
                yield node
            for child in node.values():
                yield from objects(child)
        elif isinstance(node, list):
            for child in node:
                yield from objects(child)

    for found in objects(SCHEMAS[kind]):
        assert found["additionalProperties"] is False


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: str(p.relative_to(ROOT)))
def test_example_is_valid(path):
    assert faults(path) == []


@pytest.mark.parametrize("path", BAD_SHAPES, ids=lambda p: p.stem)
def test_bad_shape_is_refused(path):
    assert faults(path) != []


def test_every_kind_has_a_bad_shape_and_an_example():
    assert {p.stem for p in BAD_SHAPES} >= set(SCHEMAS)
    assert {yaml.load(p.read_text(encoding="utf-8"), Loader)["kind"] for p in EXAMPLES} \
        == set(SCHEMAS)


@pytest.mark.parametrize("limit,good", [
    ("20 workdays", True), ("1 workday", True), ("20个工作日", True), ("三个月", True), ("P3M", True),
    ("60日", True), ("24 hours", True), ("on the spot", True), ("即办", True), ("十五日内", True),
    ("PT8H", True), ("5wd", True), ("0 days", False), ("20", False), ("soon", False),
    ("days 20", False), ("", False)])
def test_pattern_of_limits(limit, good):
    pattern = SCHEMAS["item"]["$defs"]["limit"]["pattern"]
    assert bool(re.search(pattern, limit)) is good
