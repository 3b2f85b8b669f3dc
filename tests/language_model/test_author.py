"""The author against a real OpenAI-compatible server, whose model writes noise of the right shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.language_model.tiny import serving

from readthrough.domain.authoring import Assignment, AuthoredClaim, Ending
from readthrough.language_model.author import LanguageModel
from readthrough.language_model.connect import Endpoint

SMALL = Assignment(
    instructions="Write.", data="<untrusted>{}</untrusted>", shorter="<untrusted>{}</untrusted>"
)


@pytest.fixture
def author(server: str) -> Iterator[LanguageModel]:
    model = at(server)
    yield model
    model.close()


def at(address: str, **more: Any) -> LanguageModel:
    return LanguageModel(Endpoint(api="openai", model="tiny", base_url=address, **{"retries": 1, **more}))


def content(claims: Sequence[AuthoredClaim]) -> tuple[str, ...]:
    return ()


def picky(claims: Sequence[AuthoredClaim]) -> tuple[str, ...]:
    return ("Claim 1: It is noise.",)


def test_claims_come_back_in_the_shape_asked_for(author: LanguageModel) -> None:
    for word in ("revenue", "margin"):  # other words, other noise
        data = f"<untrusted>{word}</untrusted>"
        authored = author.write(Assignment(instructions="Write.", data=data, shorter=data), content)
        assert authored.ending is Ending.WRITTEN, authored
        assert authored.claims
        for claim in authored.claims:
            assert 0 <= claim.confidence_pct <= 100
            assert claim.support
            assert all(cited[0] in "cfegs" and cited[1:].isdigit() for cited in claim.support)
            assert claim.horizon.split()[-1] in ("days", "weeks", "months", "years")
        assert authored.spent.requests == 1
        assert authored.spent.input_tokens > len(data)
        assert authored.spent.output_tokens > 0
        assert authored.spent.seconds > 0


def test_what_is_wrong_goes_back_to_the_model_until_retries_end(author: LanguageModel) -> None:
    seen: list[int] = []

    def review(claims: Sequence[AuthoredClaim]) -> tuple[str, ...]:
        seen.append(len(claims))
        return picky(claims)

    authored = author.write(SMALL, review)
    assert len(seen) == 2
    assert authored.spent.requests == 2
    assert authored.ending is Ending.WRITTEN  # the caller weighs the last attempt
    assert authored.claims


def test_a_watched_answer_is_streamed(author: LanguageModel) -> None:
    come: list[int] = []
    authored = author.write(SMALL, content, progress=come.append)
    assert len(come) > 10
    assert come == sorted(come)
    assert authored.claims
    assert come[-1] > len(authored.claims[0].text)


def test_an_article_too_long_is_asked_about_without_its_sentences(weights: Path) -> None:
    with serving(weights, context=4_096) as address:
        model = at(address, max_output_tokens=1_000)
        long = Assignment(instructions="Write.", data="word " * 3_000, shorter="word")
        assert model.write(long, content).ending in (Ending.WRITTEN, Ending.REFUSED, Ending.MALFORMED)
        hopeless = Assignment(instructions="Write.", data="word " * 3_000, shorter="word " * 2_000)
        authored = model.write(hopeless, content)
        model.close()
    assert authored.ending is Ending.OVERFLOW
    assert authored.spent.output_tokens == 0


def test_an_answer_that_takes_too_long_is_given_up_and_counted_at_its_most(server: str) -> None:
    model = at(server, timeout=timedelta(milliseconds=30), max_output_tokens=900)
    authored = model.write(Assignment(instructions="Write.", data="word " * 4_000, shorter=""), content)
    model.close()
    assert authored.ending is Ending.TIMEOUT
    assert "0.03 s" in authored.detail
    assert authored.spent.requests == 1
    assert authored.spent.output_tokens == 900
    assert authored.spent.input_tokens >= 5_000


def test_an_answer_over_its_length_is_no_answer(server: str) -> None:
    model = at(server, max_output_tokens=12, retries=0)
    authored = model.write(SMALL, content)
    model.close()
    assert authored.ending is Ending.MALFORMED
    assert not authored.claims


def test_a_server_that_is_not_there_is_said_so() -> None:
    model = at("http://127.0.0.1:9/v1", key="sk-secret-key", timeout=timedelta(seconds=20))
    authored = model.write(SMALL, content)
    model.close()
    assert authored.ending is Ending.UNREACHABLE
    assert authored.spent.output_tokens == 0
    assert "sk-secret" not in f"{authored} {model!r} {model._endpoint!r}"


def test_a_probe_answers(author: LanguageModel) -> None:
    probed = author.probe()
    assert probed.ending is Ending.WRITTEN
    assert probed.spent.requests >= 1


def test_it_can_be_asked_again_after_it_was_closed(server: str) -> None:
    model = at(server)
    assert model.probe().ending is Ending.WRITTEN
    model.close()
    model.close()
    assert model.probe().ending is Ending.WRITTEN
    model.close()


def test_the_most_it_may_take_is_more_than_it_takes(author: LanguageModel) -> None:
    data = '{"quote":"Revenue rose 3% to $6.13 billion"}' * 40
    asked = Assignment(instructions="Write the analysis.", data=data, shorter=data)
    most_in, most_out = author.most_tokens(asked)
    spent = author.write(asked, picky).spent
    assert spent.requests == 2
    assert spent.output_tokens <= most_out
    assert most_in > spent.input_tokens / 4  # this model's tokens are single characters
