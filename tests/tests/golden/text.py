"""Texts as docs/SEARCH.md says they are compared: case, accents, ligatures and width make no difference."""

import re
import unicodedata

LETTERS = str.maketrans(dict(zip("ßæœøłđðþı", ["ss", "ae", "oe", "o", "l", "d", "d", "th", "i"])))


def fold(text):
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter.lower() for letter in plain if not 0x300 <= ord(letter) <= 0x36F)
    plain = "".join(letter for letter in plain if not 0x300 <= ord(letter) <= 0x36F)
    return unicodedata.normalize("NFC", plain.translate(LETTERS))


def words(text):
    """Runs of letters and runs of digits. (The library has no text of scripts that write without blanks.)"""
    return re.findall(r"\d+|[^\W\d_]+", fold(text))


def phrase(asked, text, begun=False):
    """Do these words stand in the text in one piece? The last may be only a beginning."""
    asked, found = words(asked), words(text)
    last = (lambda word: word.startswith(asked[-1])) if begun else (lambda word: word == asked[-1])
    windows = (found[at : at + len(asked)] for at in range(len(found) - len(asked) + 1))
    return any(window[:-1] == asked[:-1] and last(window[-1]) for window in windows)


def roughly(asked, text):
    """One word, perhaps spelt a little differently: one error from five letters on, two from nine on."""
    [word] = words(asked)
    allowed = 0 if not word.isalpha() or len(word) < 5 else 1 if len(word) < 9 else 2
    return any(word == found or (word[0] == found[0] and errors(word, found) <= allowed) for found in words(text))


def errors(one, other):
    """Letters missing, too many or wrong, and neighbours that changed places (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def like(pattern, text):
    """The whole text fits a pattern of `*` and `?`."""
    signs = {"*": ".*", "?": "."}
    expression = "".join(signs.get(sign) or re.escape(sign) for sign in fold(pattern))
    return re.fullmatch(expression, fold(text), re.DOTALL) is not None
