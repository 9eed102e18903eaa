"""What questions are made of, each written from docs/SEARCH.md."""

from datetime import date, timedelta
from math import asin, cos, inf, radians, sin, sqrt

from dates import NEVER
from facts import FORMATS
from logic import all_of, any_of, at_least, either, fact, no, settle, stated
from text import fold, like, phrase, roughly

CONTINENTS = {
    "africa": "ZA KE RE", "asia": "NP JP MN IN CN", "europe": "GB IS CZ SE HR FI DE IT UA BE ES FR DK GR RU",
    "north-america": "US", "oceania": "NZ AU FJ", "south-america": "UY",
}
MONTHS = """january february march april may june july august september october november december""".split()
EARTH = 6_371_008.8
# A measure that is a hair beside what is asked for counts as that.
HAIR = 1e-6


def between(name, low=-inf, high=inf):
    return fact(name, lambda value: low - HAIR <= value <= high + HAIR)


def above(name, low):
    return fact(name, lambda value: value > low + HAIR)


def below(name, high):
    return fact(name, lambda value: value < high - HAIR)


def about(name, middle, share):
    return between(name, middle * (1 - share), middle * (1 + share))


def format_is(*names):
    assert {*names} <= {*FORMATS.values()}
    return fact("format", lambda value: value in names)


film = either("film", True)
picture = no(film)


def sides(test):
    return fact("size", lambda size: None not in size and test(*size))


def days(first, last="9999-12-31"):
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    return fact("taken", lambda wall: first <= wall.date() <= last)


def year(number):
    return days(f"{number}-01-01", f"{number}-12-31")


def wall(test, hours=False):
    """Of what comes round again. A file's own time says nothing of that, nor an instant without a zone of the hour."""

    def answer(asset):
        known = NEVER not in asset["taken"] and (not hours or len(asset["taken"]) == 1)
        return settle(test(moment) for moment in asset["taken"]) if known else None

    return answer


def months(*numbers):
    return wall(lambda moment: moment.month in numbers)


guessed = either("guessed", True)


def begins(name, *asked):
    """Words in one piece, the last perhaps only begun."""
    return fact(name, lambda text: any(phrase(one, text, begun=True) for one in asked))


def holds(name, *asked):
    """Whole words in one piece."""
    return fact(name, lambda text: any(phrase(one, text) for one in asked))


def is_(name, *asked):
    return fact(name, lambda text: fold(text) in {fold(one) for one in asked})


def fits(name, pattern):
    return fact(name, lambda text: like(pattern, text))


def tagged(test):
    return fact("tags", lambda tags: any(test(tag) for tag in tags))


def tag(asked):
    return tagged(lambda found: phrase(asked, found, begun=True))


def ends(*endings):
    return fact("name", lambda name: name.rpartition(".")[2].lower() in endings)


def folder(path):
    return path.rpartition("/")[0]


def in_folder(test):
    return fact("path", lambda path: "/" in path and test(folder(path)))


def country(code):
    return is_("code", code)


def continent(name):
    return fact("code", lambda code: code in CONTINENTS[name].split())


def box(south, west, north, east):
    across = lambda at: at >= west or at <= east if west > east else west <= at <= east
    return fact("position", lambda at: south <= at[0] <= north and across(at[1]))


def near(latitude, longitude, metres):
    return fact("position", lambda at: distance((latitude, longitude), at) <= metres)


def distance(one, other):
    (a, b), (c, d) = map(lambda at: map(radians, at), (one, other))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def direction(first, last):
    return fact("direction", lambda at: first <= at <= last if first <= last else at >= first or at <= last)


def free(asked, match=None):
    """A free word, or several in one piece: in names, captions, places, cameras, lenses and words of the date. One word
    without quotes and digits may be spelt a little differently. Gazetteers differ in their cities: where the one of
    geo.tsv has the word, that is open."""
    single = asked.isalpha()
    match = match or (roughly if single else phrase)
    fields = ["title", "caption", "creator", "name", "path", "make", "model", "camera", "lens", "region", "country"]
    written = [fact(name, lambda text: match(asked, text)) for name in fields]
    known = any_of(*written, tagged(lambda tag: match(asked, tag)))
    city = fact("city", lambda text: match(asked, text))

    def dated(moment):
        month = MONTHS[moment.month - 1]
        return any(match(asked, f"{name} {moment.year}") for name in (month, month[:3]))

    def answer(asset):
        named = city(asset)
        return any_of(known, lambda _: None if named else False, lambda one: settle(map(dated, possible(one))))(asset)

    return answer


def possible(asset):
    """Moments of every month that a file's own time may be."""
    start, last = asset["taken"][0], asset["taken"][-1]
    unknown = [start + timedelta(days=31 * step) for step in range(12)] if last == NEVER else []
    return [moment for moment in asset["taken"] if moment != NEVER] + unknown


def exactly(asked):
    return free(asked, phrase)


def beginning(asked):
    return free(asked, lambda text, found: phrase(text, found, begun=True))


__all__ = [name for name in dir() if not name.startswith("_")]
