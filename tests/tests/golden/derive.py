#!/usr/bin/env python3
"""Derives the right answers of questions.py from the oracles of the test library.

    derive.py TESTDATA            writes answers.txt
    derive.py TESTDATA --check    says whether it is as derived
"""

import difflib
import sys
from pathlib import Path

from facts import assets
from oracles import Oracles
from questions import QUESTIONS

ANSWERS = Path(__file__).with_name("answers.txt")
WANTED = 100
HEAD = """# Written by derive.py: each question, and below it the files that are its right answer. Of files with
# equal content, which are one asset, the first is named. First those that may be found or not: exiftool can't read them.
"""


def main(testdata, *words):
    oracles = Oracles(testdata)
    library = assets(oracles)
    unread = [asset["paths"][0] for asset in library if oracles.is_unread(asset["paths"][0])]
    library = [asset for asset in library if asset["paths"][0] not in unread]
    blocks, unsettled = [], []
    for text, question, *beneath in QUESTIONS:
        truths = {asset["paths"][0]: question(asset) for asset in library if beneath or not asset["stacked"][0]}
        unsettled += [f"{text}: {path} is not settled" for path, truth in truths.items() if truth is None]
        blocks.append("\n".join([f"? {text}", *sorted(path for path, truth in truths.items() if truth)]))
    if len(blocks) != WANTED or len({text for text, *_ in QUESTIONS}) != WANTED:
        unsettled.append(f"{len(blocks)} questions, not {WANTED} different ones")
    if unsettled:
        sys.exit("\n".join(unsettled))
    derived = HEAD + "\n" + "\n\n".join(["\n".join(["! unread", *unread]), *blocks]) + "\n"
    if "--check" not in words:
        ANSWERS.write_text(derived, encoding="utf-8")
    elif derived != (kept := ANSWERS.read_text(encoding="utf-8")):
        changes = difflib.unified_diff(kept.splitlines(), derived.splitlines(), "kept", "derived", lineterm="")
        sys.exit("\n".join(changes))


if __name__ == "__main__":
    main(*sys.argv[1:])
