#!/usr/bin/env python3
"""Writes city_names_*.tsv, region_names.tsv and country_names.tsv: names of places in other languages.

usage: other_names.py SOURCES   (run in crates/domain/data; README.md there says what SOURCES must hold)
"""

import csv
import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

SOURCES = Path(sys.argv[1])

# Languages of Natural Earth's columns, and of CLDR where it has them.
LANGUAGES = "en de es fr pt it nl sv pl hu tr id vi el ru uk zh zht ja ko ar fa he hi".split()
CLDR = """en de es fr pt it nl sv pl hu tr id vi el ru uk zh zh-Hant ja ko ar fa he hi
    ca gl eu ro cs sk sl hr sr sr-Latn bs mk bg sq be lt lv et fi da no is ga ka hy az kk th ms bn ur ta te""".split()

# Of regions, which are many, fewer: those of these languages, and those in the country's own script.
REGION_LANGUAGES = "en de es fr pt it nl".split()

# Scripts of the languages that are written in a country, where those are not Latin letters alone.
SCRIPTS = {
    "GREEK": "GR CY",
    "CYRILLIC": "RU UA BY BG RS MK ME KZ KG TJ MN",
    "CJK": "CN TW HK MO JP",
    "HIRAGANA KATAKANA": "JP",
    "HANGUL": "KR KP",
    "ARABIC": "EG SA AE QA BH KW OM YE IQ SY JO LB PS LY TN DZ MA SD MR IR AF",
    "HEBREW": "IL",
    "THAI": "TH",
    "GEORGIAN": "GE",
    "ARMENIAN": "AM",
}
# Fewest people of a city that is given its names in its own script, and in letters without signs.
FEWEST = 15_000

# Files of cities, by the script of the names; so that none is large.
FILES = {
    "latin": "LATIN",
    "cyrillic_greek": "CYRILLIC GREEK",
    "east_asian": "CJK HIRAGANA KATAKANA HANGUL",
}


def fold(text):
    kept = [c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)]
    plain = "".join(c if c.isalnum() else " " for c in "".join(kept).translate(FOLDED))
    return " ".join(plain.split())


FOLDED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"})
# How letters are written by those who do not have them, and where.
WRITING_OUT = "DE AT CH LI DK NO SE FI".split()
WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe", "å": "aa", "Å": "Aa"}
)


def script(text):
    """The script of a text's letters, CJK before kana; empty where they are of several others."""
    found = {unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in text if c.isalpha()}
    found = {"CJK" if name == "IDEOGRAPHIC" else name for name in found}
    if "CJK" in found and found <= {"CJK", "HIRAGANA", "KATAKANA"}:
        return "CJK"
    return found.pop() if len(found) == 1 else ""


def own_scripts(country):
    return {part for names, codes in SCRIPTS.items() if country in codes.split() for part in names.split()}


def is_name(text):
    """Not a code, nothing with brackets or a second name in it."""
    if len(text) > 40 or not all(c.isalpha() or unicodedata.category(c)[0] == "M" or c in " -'.·" for c in text):
        return False
    name = script(text)
    if name in ("CJK", "HANGUL", "HIRAGANA", "KATAKANA"):
        return len(text) >= 2
    # Two letters are a word or a code, more often than a name; romanisations are written small.
    return bool(name) and len(text) >= 3 and not (name == "LATIN" and (text.islower() or text.isupper() and len(text) < 5))


def table(path, **options):
    with open(SOURCES / path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, **options)


class Names:
    """Names by key of a place, each once in whatever case and accents."""

    def __init__(self):
        self.names = defaultdict(dict)

    def add(self, key, main, name):
        name = unicodedata.normalize("NFC", name).replace("\u2019", "'").replace("\u200c", " ").strip()
        if is_name(name) and fold(name) != fold(main):
            self.names[key].setdefault(fold(name), name)

    def write(self, path, key_text, scripts=None):
        lines = []
        for key, names in self.names.items():
            kept = sorted(n for n in names.values() if scripts is None or script(n) in scripts)
            if kept:
                lines.append("\t".join([*key_text(key), *kept]))
        text = "\n".join(sorted(lines, key=lambda line: line.encode())) + "\n"
        Path(path).write_text(text, encoding="utf-8")
        print(f"{path}: {len(lines)} places, {sum(line.count(chr(9)) for line in lines)} names, {len(text.encode())} bytes")


def countries(territories):
    found = Names()
    for line in open("countries.tsv", encoding="utf-8"):
        code, main = line.rstrip("\n").split("\t")
        for words in territories.values():
            for key in (code, f"{code}-alt-short", f"{code}-alt-variant"):
                # What a language has no name for it calls by its key.
                if words.get(key, key) != key:
                    found.add(code, main, words[key])
    found.write("country_names.tsv", lambda code: [code])


def cldr(package, file):
    """The main part of a file of CLDR, by language."""
    parts = {}
    for language in CLDR:
        path = SOURCES / package / "main" / language / file
        if path.exists():
            parts[language] = json.loads(path.read_text(encoding="utf-8"))["main"][language]
    return parts


def regions():
    main = dict(line.rstrip("\n").split("\t") for line in open("regions.tsv", encoding="utf-8"))
    found = Names()
    for row in table("ne_10m_admin_1_states_provinces.tsv"):
        code = row["gn_a1_code"]
        # Of some countries it has what is finer.
        known = {fold(row[f"name_{language}"]) for language in LANGUAGES} | {fold(row["name"]), fold(row["gn_name"])}
        if fold(main.get(code, "")) in known - {""}:
            own = own_scripts(code[:2])
            for language in LANGUAGES:
                name = row[f"name_{language}"]
                if language in REGION_LANGUAGES or script(name) in own:
                    found.add(code, main[code], name)
    for row in open(SOURCES / "subdivisions.tsv", encoding="utf-8"):
        name, _iso, code, _id, _kind, others, level, *_rest = row.rstrip("\n").split("\t")
        # Of Russia it has the names in all languages of its republics.
        if level == "1" and code in main and not code.startswith("RU."):
            for other in [name, *others.split("|")]:
                # The main name with "Province" is no other one.
                if fold(main[code]) not in fold(other):
                    found.add(code, main[code], other)
    found.write("region_names.tsv", lambda code: [code])


def cities(zones):
    cities = json.loads((SOURCES / "cities15000.json").read_text(encoding="utf-8"))
    known = {city["geonameid"]: city for city in cities.values()}
    by_place = defaultdict(list)
    for city in known.values():
        by_place[city["countrycode"], fold(city["name"])].append(city)
    found = Names()

    def key(city):
        return f'{city["countrycode"]}.{city["admin1code"]}', city["name"]

    def near(city, latitude, longitude):
        return abs(city["latitude"] - latitude) < 0.7 and abs(city["longitude"] - longitude) < 0.7

    for path, identity in (("ne_50m_populated_places.tsv", "GEONAMESID"), ("ne_10m_populated_places.tsv", "GEONAMEID")):
        for row in table(path):
            names = [row.get(f"NAME_{language.upper()}", "") or "" for language in LANGUAGES]
            at = float(row["LATITUDE"]), float(row["LONGITUDE"])
            number = row[identity].split(".")[0]
            city = known.get(int(number)) if number.isdigit() else None
            spelt = {fold(name) for name in [row["NAME"], row["NAMEASCII"], *names] if name}
            if city is None or not near(city, *at) or not spelt & {fold(n) for n in [city["name"], *city["alternatenames"]]}:
                rows = [c for name in spelt for c in by_place[row["ISO_A2"], name] if near(c, *at)]
                city = max(rows, key=lambda c: c["population"], default=None)
            if city is None:
                continue
            stated = {fold(name) for name in city["alternatenames"]}
            for name in names:
                # Two sources must know it; what is written in few languages is in one of them only.
                if fold(name) in stated:
                    found.add(key(city), city["name"], name)
    by_zone = defaultdict(list)
    for city in known.values():
        by_zone[city["timezone"]].append(city)
    for zone in sorted({zone for words in zones.values() for zone in words}):
        english = {fold(zone.split("/")[-1].replace("_", " ")), fold(zones["en"].get(zone, ""))}
        city = next((city for city in by_zone[zone] if fold(city["name"]) in english), None)
        if city:
            for words in zones.values():
                found.add(key(city), city["name"], words.get(zone, ""))
    for city in known.values():
        own = own_scripts(city["countrycode"])
        if city["population"] >= FEWEST:
            stated = city["alternatenames"]
            for name in stated:
                if script(name) in own:
                    found.add(key(city), city["name"], name)
            for name in [city["name"], *found.names[key(city)].values()] if city["countrycode"] in WRITING_OUT else []:
                plain = name.translate(WRITTEN_OUT)
                if plain != name and plain in stated:
                    found.add(key(city), city["name"], plain)
    rest = set()
    for file, scripts in FILES.items():
        found.write(f"city_names_{file}.tsv", list, scripts.split())
        rest |= set(scripts.split())
    others = {script(n) for names in found.names.values() for n in names.values()} - rest
    found.write("city_names_others.tsv", list, others)


def exemplars(names, path=""):
    """Cities that stand for time zones, by the zone's name."""
    for part, inner in names.items():
        if "exemplarCity" in inner:
            yield f"{path}{part}", inner["exemplarCity"]
        elif isinstance(inner, dict) and inner.get("_type") != "zone":
            yield from exemplars({k: v for k, v in inner.items() if isinstance(v, dict)}, f"{path}{part}/")


territories = {
    language: part["localeDisplayNames"]["territories"]
    for language, part in cldr("cldr-localenames-full", "territories.json").items()
}
zones = {
    language: dict(exemplars(part["dates"]["timeZoneNames"]["zone"]))
    for language, part in cldr("cldr-dates-full", "timeZoneNames.json").items()
}
countries(territories)
regions()
cities(zones)
