"""What others say of the test library: expected.jsonl and its neighbours, and exiftool for what those leave out."""

import csv
import hashlib
import json
import subprocess
from collections import defaultdict
from pathlib import Path

# Of these expected.jsonl keeps one value, where which group states it matters, or none.
TAGS = """time:all Title ObjectName XPTitle Description ImageDescription Caption-Abstract XPComment Comment Keywords
Subject HierarchicalSubject TagsList XPKeywords LastKeywordXMP Artist XPAuthor Creator By-line Author Rating RatingPercent
Flash FlashFired ApertureValue ShutterSpeedValue Lens SerialNumber GPSImgDirection
ProjectionType RegionType RegionPersonDisplayName""".split()
ASIDE = ("XMP", "JSON", "AAE")


class Oracles:
    def __init__(self, testdata):
        self.folder = Path(testdata)
        lines = (self.folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
        self.expected = {below(line["path"]): line for line in map(json.loads, lines)}
        self.grouped = self.ask_exiftool()
        self.places = {below(row["path"]): row for row in self.table("geo.tsv") if row["cc"]}
        self.manifest = {below(row["path"]): row for row in self.table("MANIFEST.tsv")}
        pairs = [row for row in self.table("pairs.tsv") if row["kind"].startswith("live-photo")]
        self.live = {below(row["a"]): below(row["b"]) for row in pairs}

    def table(self, name):
        with open(self.folder / name, encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)

    def ask_exiftool(self):
        command = ["exiftool", "-q", "-r", "-json", "-n", "-G1", "-a", *(f"-{tag}" for tag in TAGS), "library"]
        said = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, check=True).stdout
        return {below(one["SourceFile"]): one for one in json.loads(said)}

    def contents(self):
        """The files that are pictures or films, those of equal content together, in the order of their paths."""
        equal = defaultdict(list)
        for path, said in sorted(self.expected.items()):
            if said["FileType"] not in ASIDE:
                equal[self.manifest[path]["sha256"]].append(path)
        return sorted(equal.values())

    def is_unread(self, path):
        """Whether exiftool gives up at a file, so that its silence says nothing."""
        return "format error" in self.expected[path].get("Warning", "")

    def sidecars(self, paths):
        """XMP beside them: `IMG.jpg.xmp` and `IMG.xmp`. (What Google and Apple put beside is not read.)"""
        beside = (base + ".xmp" for path in paths for base in (path, path.rsplit(".", 1)[0]))
        return sorted({path for path in beside if path in self.expected})

    def place_near(self, at):
        """geo.tsv leaves some positions out: what its places around say, if they agree, but for the city."""
        beside = lambda row: all(abs(float(row[name]) - degrees) < 0.1 for name, degrees in zip(("lat", "lon"), at))
        around = [row | {"city": None} for row in self.places.values() if beside(row)]
        said = {(row["cc"], row["region"], row["timezone"]) for row in around}
        return around[0] if len(said) == 1 else None

    def sha1(self, path):
        return hashlib.sha1((self.folder / "library" / path).read_bytes()).hexdigest()


def below(path):
    return path.removeprefix("library/")
