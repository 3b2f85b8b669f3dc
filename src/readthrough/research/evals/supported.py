"""Does a note say only what its page says? A plain second reader, which shares no code with the grounding check.

It takes each figure of a note as digits with the unit beside them and looks for the same digits with the same unit in
the page, in what is worked out of a cited fact, and in the playbook that speaks; and each name as a capitalised word
and looks for it in the page and at the ends of the issuer's ties. What it does not find it calls unsupported, so its
figures are an upper bound.
"""

from __future__ import annotations

import html
import json
import lzma
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from readthrough.domain.article import Article, ArticleId
from readthrough.domain.note import Note, Support
from readthrough.research.evals.coverage import say
from readthrough.research.evals.gold import READ_AT
from readthrough.research.evals.public import Measure
from readthrough.research.evals.variety import distinct, spoken, variety
from readthrough.universe.master import Universe
from readthrough.writing.computed import computed_of, shown
from readthrough.writing.places import GENERAL
from readthrough.writing.playbooks import Playbooks

__all__ = ["measure_notes", "unsupported_figures", "unsupported_names"]

_NAME: Final = "notes"
_PAGES: Final = 1_000
_APART: Final = 200  # notes held against each other for what they share
_KEPT: Final = 5_000  # characters of a page
_EVERY: Final = 2  # pages lie in the order of their day: taken apart, they tell different stories
_FIGURE: Final = re.compile(r"(?<![\w.,])(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<unit>[ -]?(?:%|[A-Za-z]+))?")
_UNITS: Final = {
    "%": "%", "percent": "%", "pct": "%", "per": "%", "bn": "billion", "b": "billion", "billion": "billion", "bln": "billion",
    "m": "million", "mn": "million", "mln": "million", "million": "million", "trillion": "trillion", "tn": "trillion",
    "basis": "basis", "bps": "basis", "bp": "basis", "percentage": "percentage", "crore": "crore", "lakh": "lakh", "x": "times",
    "times": "times", "cents": "cents", "pence": "pence", "p": "pence",
}  # fmt: skip
_NAMED: Final = re.compile(r"(?<![\w.’'&-])[A-Z][\w&’'-]*[\w]|(?<![\w.’'&-])[A-Z]")
_STORY: Final = re.compile(r"<REUTERS.*?</REUTERS>", re.DOTALL)
_PART: Final = {name: re.compile(rf"<{name}>(.*?)</{name}>", re.DOTALL) for name in ("TITLE", "BODY")}


def measure_notes(
    data: Path, universe: Universe, playbooks: Playbooks, *, told: Callable[[str], None] | None = None
) -> Iterator[Measure]:
    """Write notes of real pages and have the second reader look for what supports them.

    Args:
        data: The folder of sets; `yahoo_news_prices` and `reuters21578` are read where they are there.
        universe: Names and ties.
        playbooks: What the notes are written from.
        told: Called with each unsupported figure and name, without the page's text.
    """
    for source, pages in (("yahoo_news_prices", _yahoo), ("reuters21578", _reuters)):
        if not (data / source).is_dir():
            continue
        found = distinct((a, a.text) for a in islice(pages(data / source), _PAGES))
        notes = [say(article, universe, playbooks) for article in found]
        yield from _measures(f"{_NAME} {source}", notes, universe, playbooks, told)


def _measures(
    name: str, notes: list[Note], universe: Universe, playbooks: Playbooks, told: Callable[[str], None] | None
) -> Iterator[Measure]:
    live = [n for n in notes if n.reading.noise is None]
    figures = names = said = 0
    clean = 0
    for note in live:
        loose = list(unsupported_figures(note, playbooks))
        stray = list(unsupported_names(note, universe, playbooks))
        said += sum(len(_FIGURE.findall(text)) for text, _ in _texts(note))
        figures, names, clean = figures + len(loose), names + len(stray), clean + (not loose)
        if told is not None:
            for what, each in (("figure", loose), ("name", stray)):
                for word in each:
                    told(f"{name}: {note.article.id} unsupported {what} {word}")
    count = max(1, len(live))
    yield Measure(set=name, name="notes without an unsupported figure", value=clean / count, count=len(live))
    yield Measure(set=name, name="unsupported figures", value=float(figures), count=said)
    yield Measure(set=name, name="unsupported names", value=float(names), count=len(live))
    claims = sum(len(n.analysis) for n in live)
    words = sum(len(c.text.split()) for n in live for c in n.analysis)
    withheld = sum(len(n.withheld) for n in live)
    yield Measure(set=name, name="claims a note", value=claims / count, count=len(live))
    yield Measure(set=name, name="words of claims a note", value=words / count, count=len(live))
    yield Measure(set=name, name="sentences withheld a note", value=withheld / count, count=len(live))
    shared = variety(spoken(n) for n in live[:_APART])
    yield Measure(set=name, name="shared runs of five words", value=shared.shared, count=shared.notes)


def unsupported_figures(note: Note, playbooks: Playbooks) -> Iterator[str]:
    """Yield each figure of a note that neither its page, nor a cited computation, nor its playbook has."""
    page = _figures(note.article.text)
    facts = {f.id: f for f in note.reading.facts}
    for text, support in _texts(note):
        own = {d for s in support if s.kind == "playbook" for d in _owned(s.id, playbooks)}
        cited = [facts[s.id] for s in support if s.kind == "fact" and s.id in facts]
        computed = {d for c in computed_of(cited) for d in _figures(shown(c))}
        for figure in _figures(text):
            digits, unit = figure
            bare = not unit and any(digits == d for d, _ in page | own)
            if not bare and figure not in page and figure not in own and figure not in computed:
                yield f"{digits} {unit}".strip()


def unsupported_names(note: Note, universe: Universe, playbooks: Playbooks) -> Iterator[str]:
    """Yield each capitalised word of a note that is in no sentence's first place, its page, or at the end of a tie."""
    page = set(_NAMED.findall(note.article.text.replace("’", "'"))) | set(
        re.findall(r"\w+", note.article.text)
    )
    for text, support in _texts(note):
        known = page | GENERAL | playbooks.proper | _tied(note, support, universe)
        for match in _NAMED.finditer(text.replace("’", "'")):
            word = match.group().removesuffix("'s").removesuffix("'")
            before = text[: match.start()].rstrip(' "“(')
            if not before or before[-1] in ".!?:;":
                continue
            if not any(part in known or word in known for part in re.findall(r"\w+", word)):
                yield word


def _texts(note: Note) -> Iterator[tuple[str, tuple[Support, ...]]]:
    for statement in note.summary:
        yield statement.text, statement.support
    for claim in note.analysis:
        yield claim.text, claim.support
        yield claim.falsified_by, claim.support
    for d in note.decisions:
        for text in (d.action, d.trigger, d.invalidation, d.rationale):
            yield text, d.support


def _figures(text: str) -> set[tuple[str, str]]:
    """Every figure as its digits and the plain name of the unit behind it, "" where none is."""
    found = set()
    for match in _FIGURE.finditer(" ".join(text.split())):
        digits = match["digits"].replace(",", "").rstrip(".")
        if "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        found.add((digits, _UNITS.get((match["unit"] or "").strip(" -").lower(), "")))
    return found


def _owned(name: str, playbooks: Playbooks) -> Iterable[tuple[str, str]]:
    playbook = playbooks.by_id.get(name)
    if playbook is None:
        return ()
    texts = [t for c in playbook.claims.values() for t in (*c.texts, *c.wrong_ifs)]
    texts += [t for d in playbook.decisions for t in (d.action, d.trigger, d.invalid, d.because)]
    return _figures(" ".join(texts))


def _tied(note: Note, support: tuple[Support, ...], universe: Universe) -> set[str]:
    """The words of the names of the page's companies, and of those at the ends of cited edges."""
    issuers = {t.issuer_id for t in note.reading.tickers}
    issuers |= {part for s in support if s.kind == "edge" for part in s.id.split(">")[::2]}  # type: ignore[misc]
    found: set[str] = set()
    for issuer_id in issuers:
        issuer = universe.issuer(issuer_id)
        if issuer is not None:
            found |= set(re.findall(r"\w+", issuer.name)) | set(issuer.tickers)
    return found


def _yahoo(folder: Path) -> Iterator[Article]:
    def every() -> Iterator[Article]:
        for path in sorted(folder.glob("*_processed.json.xz")):
            with lzma.open(path) as file:
                rows = json.load(file)
            for i, row in enumerate(rows):
                headline, body = row.get("title") or "", (row.get("maintext") or "")[:_KEPT]
                yield _article(f"{path.name[:4]}-{i}", headline, body)

    return islice(every(), 0, None, _EVERY)


def _reuters(folder: Path) -> Iterator[Article]:
    for path in sorted(folder.glob("*.sgm")):
        for i, story in enumerate(_STORY.findall(path.read_text(encoding="latin-1"))):
            parts = {name: pattern.search(story) for name, pattern in _PART.items()}
            title, body = parts["TITLE"], parts["BODY"]
            if title is not None and body is not None:
                words = html.unescape(body[1]).replace("\x03", "").strip().removesuffix("Reuter")
                yield _article(f"{path.stem}-{i}", html.unescape(title[1]), words[:_KEPT])


def _article(name: str, headline: str, body: str) -> Article:
    return Article(id=ArticleId(name), headline=" ".join(headline.split()), body=body, received_at=READ_AT)
