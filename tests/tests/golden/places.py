"""Where something was taken."""

from values import measure


def place(oracles, paths):
    """The file's own position, else its sidecar's; different ones leave it open. 213 degrees north is nowhere, and
    nobody takes pictures on null island, though many devices say so."""
    found = [(path, at) for path in paths if (at := position(oracles.expected[path]))]
    names = ["position", "altitude", "country", "code", "region", "city", "zone"]
    if not found:
        # Where no place is known, the zone is that of the library (the test's: Lisbon), or none.
        return dict.fromkeys(names, [None]) | {"zone": ["Europe/Lisbon", None]}
    if any(abs(a - b) > 1e-4 for _, at in found for a, b in zip(at, found[0][1])):
        return dict.fromkeys(names, [])
    row = oracles.places.get(found[0][0]) or oracles.place_near(found[0][1])
    facts = {"position": [found[0][1]], "altitude": [height(oracles.expected[found[0][0]])]}
    if not row:
        return facts | dict.fromkeys(names[2:], [])
    return facts | {"country": [row["country"]], "code": [row["cc"]], "region": [row["region"]],
                    "city": [row["city"]], "zone": [row["timezone"]]}


def position(said):
    at = tuple(measure(said.get(name)) for name in ("GPSLatitude", "GPSLongitude"))
    return at if None not in at and at != (0.0, 0.0) and abs(at[0]) <= 90 and abs(at[1]) <= 180 else None


def height(said):
    """From the deepest trench to the space station."""
    value = measure(said.get("GPSAltitude"))
    return value if value is not None and -11_000 <= value <= 500_000 else None
