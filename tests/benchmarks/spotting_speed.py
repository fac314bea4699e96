"""How long the spotter takes for hostile texts of one million characters: `python tests/benchmarks/spotting_speed.py`.

Each text repeats one piece that is meant to be slow to read. Every line names the piece, the seconds of processor
time for the whole million and how often that is the time for a quarter of it: 4 is linear, 16 is quadratic.
"""

from __future__ import annotations

import time

from verify.spotting import spot

SIZE = 1_000_000
LIMIT = 5.0  # seconds
PIECES = {
    "straight quotation marks": '"',
    "single marks": "'a ",
    "opening curly marks": "“a ",
    "curly single marks": "‘a’ b ‘",
    "nested marks": "‘“a” b’ ",
    "said said said": "said ",
    "a speaker and a verb": "Mr Ali said ",
    "no spaces": "a",
    "no spaces, capital letters": "A",
    "round brackets": "(",
    "brackets in brackets": "(a [b (c ",
    "new lines": "\n",
    "short lines": "a\n",
    "empty paragraphs": "a\n\n",
    "combining marks": "e\u0301\u0301\u0301",
    "right to left": "قال الرئيس إن الحرب انتهت. ",
    "right-to-left controls": "\u202ea\u202c ",
    "zero-width joiners": "a\u200d",
    "emoji": "🙂",
    "full stops": ".",
    "initials": "A.B. ",
    "commas": "Mr A, ",
    "according to": "according to ",
    "quoted as saying": "quoted him as saying ",
    "cited by": "Tass said, as cited by Tass, ",
    "which was cited by": "A told B, which was cited by C, that ",
    "that that": "said that ",
    "worded numbers": "one hundred and ",
    "digits": "1",
    "digits and commas": "1,",
    "figures": "3 of 4 ",
    "shares": "half of the 5 ",
    "units": "20 miles ",
    "dates": "2 days earlier ",
    "months": "May 1 ",
    "names": "Ahmad Massoud ",
    "new names": None,
    "pronouns": "he said it. ",
    "the group's spokesman": "the group’s spokesman, A B, said x. ",
    "the charity": "the charity said it. ",
    "one long quotation": "a b said it. ",
    "headings in quotation marks": "“a b”\n",
    "headings and speakers": "“a b”\n\n“c d,” Ali said.\n\n",
    "transcript": "ALI: yes it is.\n",
    "transcript without end": "ALI: ",
    "embedded posts": "a b said it.\n— A (@a) May 1, 2021\n",
    "warnings": "It could not be confirmed. ",
    "not not not": "could not be not be ",
    "anonymity": "Ali said it on condition of anonymity. ",
    "datelines": "KABUL (AFP) - ",
    "dashes": "a — b -- ",
    "addresses": "https://a.b/c ",
    "hyphens": "a-",
    "apostrophes": "a's ",
    "initials in brackets": "Aa Bb Cc (ABC) ",
    "places": "in Aa, Bb, ",
    "carriage returns": "a\r\n",
    "line separators": "a\u2028",
    "control characters": "\x00\x1c\x85",
    "surrogate halves": "\ud800",
    "words in many pieces": "zqxjkvbw ",
    "words as long as words may be": "q" * 39 + " ",
}


def _text(name: str, piece: str | None, size: int) -> str:
    if piece is None:
        letters = "abcdefghijklmnopqrstuvwxyz"
        firsts = (
            letters[at % 26] + letters[at // 26 % 26] + letters[at // 676 % 26] for at in range(size // 20)
        )
        return "".join(f"Ab{first} Cd{at}x he said it. " for at, first in enumerate(firsts))[:size]
    if name == "one long quotation":
        return "“" + piece * ((size - 2) // len(piece)) + "”"
    return (piece * (size // len(piece) + 1))[:size]


def seconds(text: str) -> float:
    """Returns the processor time that reading a text takes."""
    began = time.process_time()
    spot(text)
    return time.process_time() - began


def hostile(size: int = SIZE) -> dict[str, tuple[float, float]]:
    """Returns for each piece the seconds for `size` characters, and how often that is the time for a quarter."""
    found = {}
    for name, piece in PIECES.items():
        quarter = seconds(_text(name, piece, size // 4))
        whole = seconds(_text(name, piece, size))
        found[name] = (whole, whole / quarter if quarter else 0.0)
    return found


def main() -> None:
    """Prints the slowest first."""
    figures = hostile()
    for name, (spent, growth) in sorted(figures.items(), key=lambda pair: -pair[1][0]):
        print(f"{spent:7.2f} s  x{growth:4.1f}  {name}")
    slow = [name for name, (spent, _) in figures.items() if spent > LIMIT]
    print(f"{len(slow)} of {len(figures)} take more than {LIMIT:.0f} s for {SIZE:,} characters", *slow)


if __name__ == "__main__":
    main()
