"""What people wrote: into a file, or into a sidecar beside it."""

import re

from values import distinct, first, line, listed, number

AUTHORS = ["IFD0:Artist", "IFD0:XPAuthor", "XMP-dc:Creator", "IPTC:By-line", "UserData:Author"]


def words(grouped, asides):
    """What people wrote. A sidecar's word takes the place of the file's own; where a file says a thing in several ways,
    or several sidecars do, each is possible."""

    def of(states):
        inside, outside = states(grouped), [value for one in asides for value in states(one)]
        if None not in outside and len({*outside}) == 1:
            return outside[:1]
        outside = [value for value in outside if value]
        return inside if not outside else outside if len(asides) == 1 else distinct(inside + outside)

    return {
        "title": of(lambda one: texts(one, ["XMP-dc:Title", "IFD0:XPTitle", "IPTC:ObjectName", "Matroska:Title"])),
        "caption": of(captions),
        "creator": of(lambda one: texts(one, AUTHORS)),
        "rating": of(stars),
        "tags": of(tags),
        "faces": of(lambda one: [faces(one) or None]),
    }


def texts(grouped, names):
    found = [line(", ".join(listed(value))) for value in first(grouped, names)]
    return distinct(found) or [None]


def captions(grouped):
    found = texts(grouped, ["IFD0:ImageDescription", "XMP-dc:Description", "IPTC:Caption-Abstract", "IFD0:XPComment"])
    # A container's own remark may stand in, and what a camera writes by itself is no caption.
    remark = texts(grouped, ["File:Comment", "PNG:Comment", "XMP-tiff:ImageDescription"]) if found == [None] else []
    by_itself = any(re.search(r"digital camera$|^sony dsc$|^samsung", text or "", re.IGNORECASE) for text in found)
    return distinct(found + remark + ([None] if by_itself else []))


def stars(grouped):
    """-1 to 5; none at all is no rating. Percentages and one program's own stars may count."""
    found = [float(value) for value in first(grouped, ["XMP-xmp:Rating", "IFD0:Rating"]) if -1 <= float(value) <= 5]
    found = distinct(value or None for value in found)
    aside = [name for name in grouped if name.endswith("RatingPercent") or name == "XMP-acdsee:Rating"]
    others = any(number(grouped[name]) for name in aside)
    return found or ([] if others else [None])


def tags(grouped):
    """Tuples of keywords, each with those above it. IPTC's and Windows' lists count where XMP has none."""
    deep = listed(grouped.get("XMP-lr:HierarchicalSubject")) + [
        path.replace("/", "|") for path in listed(grouped.get("XMP-digiKam:TagsList"))
    ]
    flat = split(listed(grouped.get("XMP-dc:Subject")))
    copied = [path.replace("/", "|") for path in listed(grouped.get("XMP-microsoft:LastKeywordXMP"))]
    if deep or flat:
        return distinct([parts(deep + flat), parts(deep + flat + copied)])
    iptc, windows = split(listed(grouped.get("IPTC:Keywords"))), split(listed(grouped.get("IFD0:XPKeywords")))
    return distinct(filter(None, map(parts, (iptc, windows, copied)))) or [None]


def split(lists):
    return [word.strip() for text in lists for word in text.split(";") if word.strip()]


def parts(paths):
    """Each keyword and each word above it, once."""
    return tuple(sorted({part for path in paths for part in [path, *path.split("|")]}))


def faces(grouped):
    marked = listed(grouped.get("XMP-mwg-rs:RegionType")).count("Face")
    return marked or len(listed(grouped.get("XMP-MP:RegionPersonDisplayName")))
