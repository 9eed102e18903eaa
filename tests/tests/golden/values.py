"""Values as exiftool prints them."""

import re


def measure(value):
    """Of several numbers in a text the first counts."""
    found = re.match(r"-?\d+(\.\d+)?(e-?\d+)?(?=$|\s)", str(value).strip())
    return float(found[0]) if found else None


def number(value):
    """Zero is how cameras say that they do not know."""
    return measure(value) or None


def line(value):
    return re.sub(r"\s+", " ", str(value)).strip() or None if value is not None else None


def distinct(values):
    return list(dict.fromkeys(values))


def first(grouped, names):
    return [value for value in (grouped.get(name) for name in names) if line(value) is not None]


def listed(value):
    return [] if value is None else [str(one) for one in (value if isinstance(value, list) else [value])]
