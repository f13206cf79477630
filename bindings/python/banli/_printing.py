"""Events as Python holds them: dicts and lists that do not tell of whom when they are printed.

`event["with"]["applicant"]` is the applicant, `print(event)` has him masked, and so have a traceback,
a log line and a failed assertion that show the event, its details or its form values.
"""


class _Masked:
    __slots__ = ()

    def __repr__(self):
        return repr(self.shown())


class MaskedDict(_Masked, dict):
    """A dict that prints what `shown` gives."""

    __slots__ = ("shown",)


class MaskedList(_Masked, list):
    """A list that prints what `shown` gives."""

    __slots__ = ("shown",)


def masked(plain, shown):
    """The same dict or list, which prints `shown()` in its place; so do the ones in it."""
    kind = MaskedDict if isinstance(plain, dict) else MaskedList
    keys = plain.keys() if isinstance(plain, dict) else range(len(plain))
    out = kind(plain)
    out.shown = shown
    for key in keys:
        if isinstance(plain[key], (dict, list)):
            out[key] = masked(plain[key], lambda key=key: shown()[key])
    return out
