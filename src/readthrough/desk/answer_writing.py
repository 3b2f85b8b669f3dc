"""An answer in a language model's words, under the check: what a sentence cites must bear it out, or it is withheld."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from readthrough.domain.article import digest
from readthrough.domain.authoring import Authored, Authoring
from readthrough.research.answer import Answer, AnswerSentence
from readthrough.research.grounding import fault_of

if TYPE_CHECKING:
    from readthrough.desk.open import Desk
    from readthrough.desk.telling import Teller
    from readthrough.language_model.answering import Reply, Said

__all__ = ["rewritten"]

_MOST_PASSAGES: Final = 12
_WITHHELD: Final = "A sentence was withheld: what it cites does not bear it out."


def rewritten(desk: Desk, found: Answer, teller: Teller) -> Answer:
    """Return an answer in the model's words where it has any that hold; the extracts where it has not.

    Whatever the model does, there is an answer: its failures leave the extracts as they are. Where somebody listens,
    each sentence is told as soon as it has been checked, and what was told is the answer, even if the model then fails.
    """
    writer = desk.answerer
    if writer is None:
        return found
    passages = {f"p{n}": s for n, s in enumerate(found.sentences[:_MOST_PASSAGES], start=1)}
    words = {name: f"{s.citation.headline}. {s.text}" for name, s in passages.items()}

    def review(said: Said) -> str:
        missing = [name for name in said.cites if name not in passages]
        if missing:
            return f"There is no passage {missing[0]}."
        return fault_of(said.text, [passages[name].text for name in said.cites], question=found.question)

    reservation = desk.allowance.reserve(writer.most_tokens(words))
    if isinstance(reservation, tuple):
        return found
    sentences: list[AnswerSentence] = []
    withheld: list[tuple[str, str]] = []

    def take(said: Said) -> bool:
        if fault := review(said):
            withheld.append((said.text, fault))
            teller.words("withheld", _WITHHELD)
            return False
        cited = [passages[name].citation for name in said.cites]
        made = AnswerSentence(text=said.text, fit=1.0, citation=cited[0], more=tuple(cited[1:]))
        sentences.append(made)
        teller.sentence(made)
        return True

    if teller.heard:
        teller.words("status", f"{len(passages)} passages found; {writer.name} answers from them.")
        reply = writer.answer(found.question, words, review, take=take)
    else:
        reply = writer.answer(found.question, words, review)
        for said in reply.sentences:
            take(said)
    cost = desk.allowance.settle(reservation, reply.ending, reply.spent)
    _record(desk, found.question, writer.name, reply, cost)
    if not sentences:
        return replace(found, withheld=tuple(withheld))
    return replace(found, sentences=tuple(sentences), withheld=tuple(withheld), method=writer.name)


def _record(desk: Desk, question: str, model: str, reply: Reply, cost: object) -> None:
    """Keep what asking took; the words of questions are not kept."""
    from decimal import Decimal

    authoring = Authoring(
        digest=digest("question", question, model),
        article_id="question",
        model=model,
        authored=Authored(ending=reply.ending, detail=reply.detail, spent=reply.spent),
        cost_usd=cost if isinstance(cost, Decimal) else Decimal(0),
    )
    desk.store.record_authoring(authoring, at=desk.clock())
