"""The grounding check as one function: a sentence in anybody's words, the ids it cites, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable

from readthrough.domain.article import Article
from readthrough.domain.note import Support
from readthrough.domain.reading import Reading
from readthrough.universe.master import Universe
from readthrough.writing.check import Grounds
from readthrough.writing.playbooks import Playbooks

__all__ = ["cited", "fault_of"]


def fault_of(
    text: str,
    ids: Iterable[str],
    *,
    article: Article,
    reading: Reading,
    universe: Universe,
    playbooks: Playbooks,
) -> str:
    """Say why a sentence is not borne out by what it cites, or return "" where it is.

    Every figure has to stand in a cited sentence, or in the sentence of a cited fact or event, or be worked out of
    cited facts, with the same sign, unit, scale, currency and period, of the same company and measure, as sure as the
    article is of it, and in the role it has there (what came, what was expected, what was before). Honest rounding and
    conversion are allowed. Every company has to be named in the article or stand at the end of a cited tie that the
    graph has. Words in quotation marks have to be the article's. Ask `Grounds.prose_fault` for many sentences of one
    article: it keeps what it has read.

    Args:
        text: One or more sentences.
        ids: What they cite: ids of facts, events and playbooks; ties as `source>relation>target`; sentences as `s` and
            their index.
        article: What was published.
        reading: What was read of it.
        universe: Names and ties.
        playbooks: Whose own figures may stand, where they are cited.
    """
    return Grounds(article, reading, universe, playbooks).prose_fault(text, cited(ids, reading, playbooks))


def cited(ids: Iterable[str], reading: Reading, playbooks: Playbooks) -> tuple[Support, ...]:
    """Turn ids into what a note's sentence rests on; an id that names nothing is kept as a fact that is not there."""
    facts, events = {f.id: f for f in reading.facts}, {e.id: e for e in reading.events}
    sentences = {f"s{s.index}": s.span for s in reading.sentences}
    found: list[Support] = []
    for name in ids:
        if name in facts:
            found.append(Support(kind="fact", id=name, span=facts[name].span))
        elif name in events:
            found.append(Support(kind="event", id=name, span=events[name].span))
        elif name in sentences:
            found.append(Support(kind="span", span=sentences[name]))
        elif ">" in name:
            found.append(Support(kind="edge", id=name))
        else:
            found.append(Support(kind="playbook" if name in playbooks.by_id else "fact", id=name))
    return tuple(found)
