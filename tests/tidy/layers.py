"""Layers: a file includes only what lies below its layer (ARCHITECTURE.md shows the picture)."""

# Each layer and those directly below it; what they may include it may include, too.
BELOW = {
    "base": [],
    "time": ["base"],
    "calendar": ["time"],
    "deadline": ["calendar"],
    "item": ["deadline"],
    "library": ["item"],
    "flowchart": ["item"],
    "expression": ["item"],
    "rules": ["expression"],
    "engine": ["flowchart", "rules"],
    "assessment": ["interchange", "library", "supervision"],
    "document": ["assessment"],
    "interchange": ["engine"],
    "supervision": ["engine"],
    "drawing": ["assessment"],
    "storage": ["document", "drawing"],
    "run": ["storage"],
    "portal": ["run"],
    "cli": ["portal"],
    "python": ["cli"],
}


def reach(layer):
    """A layer and all below it."""
    seen = {layer}
    for lower in BELOW[layer]:
        seen |= reach(lower)
    return seen


def layer_of(path):
    """The layer of a file; None for what stands outside them, such as version.hpp."""
    parts = path.split("/")
    if parts[:2] == ["include", "banli"] and len(parts) > 3:
        return parts[2]
    if parts[0] in ("lib", "bindings") and len(parts) > 2:
        return parts[1]
    return None


def check(tree, options):
    found = []
    for path in tree.under("include", "lib", "bindings"):
        layer = layer_of(path)
        if not path.endswith((".hpp", ".cpp")) or layer is None:
            continue
        if layer not in BELOW:
            found.append(f"{path}: '{layer}' is no layer")
            continue
        allowed = reach(layer)
        for line, style, name in tree.includes(path):
            target = tree.resolve(path, style, name)
            if target is None:
                if style == '"' or name.startswith("banli/"):
                    found.append(f"{path}:{line}: no such file of ours: {name}")
                continue
            other = layer_of(target)
            if other is not None and other not in allowed:
                found.append(f"{path}:{line}: {layer} must not include {other} ({name})")
    return found
