"""What any store must do, run on every implementation."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from readthrough.domain.alert import Delivery, Rule
from readthrough.domain.authoring import Authored, AuthoredClaim, Authoring, Ending, Spent
from readthrough.domain.contract import NoteDocument, note_document
from readthrough.domain.note import ClaimKind, Note
from readthrough.domain.portfolio import Holding, Portfolio
from readthrough.domain.ports import Saved, Store
from readthrough.domain.reading import Problem
from readthrough.domain.security import IssuerId
from readthrough.storage.open import open_store
from readthrough.testing import alert_on, fingerprint_of, note_on

T0 = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["sqlite file", "sqlite memory", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    else:
        url = f"sqlite:///{tmp_path / 'notes.db'}" if request.param == "sqlite file" else "sqlite://"
    opened = open_store(url)
    yield opened
    opened.close()


def keep(store: Store, note: Note, *, engine: str = "e1") -> Saved:
    return store.save(note, fingerprint_of(note), engine=engine)


def delivery_of(alert_id: str, receiver: str = "desk", due_at: datetime = T0) -> Delivery:
    return Delivery(
        id=f"dlv_{alert_id}_{receiver}",
        alert_id=alert_id,
        receiver=receiver,
        attempts=0,
        due_at=due_at,
        state="pending",
    )


def words_of(documents: list[NoteDocument]) -> list[object]:
    return [document["article"]["headline"] for document in documents]  # type: ignore[index,call-overload]


def test_a_note_comes_back_as_the_contract_has_it(store: Store) -> None:
    note = note_on()
    saved = keep(store, note)
    assert saved.changed
    assert saved.document == note_document(note)
    assert store.note(note.id) == note_document(note)
    assert store.note_on(note.article.id) == note_document(note)
    assert store.find_note(note.article.id, note.article.content_digest, "e1") == note_document(note)
    assert store.article(note.article.id) == note.article


def test_nothing_is_found_in_an_empty_store(store: Store) -> None:
    assert store.note("x") is None
    assert store.note_on("x") is None
    assert store.article("x") is None
    assert store.find_note("a", "b", "c") is None
    assert store.notes(limit=10) == []
    assert store.notes(limit=10, before="x") == []
    assert store.alerts(limit=10, before="x") == []
    assert store.search("anything", limit=10) == []
    assert store.outbox(after=0, limit=10) == []
    assert store.last_outbox_id() == 0
    assert not store.was_alerted("r", "s")
    assert store.alert("x") is None
    assert store.portfolios() == []
    assert store.rules() == []


def test_saving_the_same_article_twice_changes_nothing(store: Store) -> None:
    first = keep(store, note_on())
    again = keep(store, note_on(known_at=T0 + MINUTE))
    assert not again.changed
    assert again.document == first.document
    assert len(store.notes(limit=10)) == 1
    assert len(store.search("guidance", limit=10)) == 2
    assert store.last_outbox_id() == 1


def test_changed_words_make_a_revision_and_as_of_sees_the_old_one(store: Store) -> None:
    first = note_on(body="Profit was 3 million.", external_id="x")
    second = note_on(body="Profit was 4 million.", external_id="x", known_at=T0 + MINUTE)
    keep(store, first)
    saved = keep(store, second)
    assert saved.document["revision"] == 2
    assert saved.document["id"] == first.id
    assert store.note(first.id) == saved.document
    assert store.note(first.id, as_of=T0) == note_document(first)
    assert store.note(first.id, as_of=T0 - MINUTE) is None
    assert store.notes(limit=10) == [saved.document]
    assert store.notes(limit=10, as_of=T0 + MINUTE / 2) == [note_document(first)]
    old, new = store.article(first.article.id, as_of=T0), store.article(first.article.id)
    assert (old, new) == (first.article, second.article)
    assert [p.text for p in store.search("profit", limit=10)] == ["Profit was 4 million."]
    assert [p.text for p in store.search("profit", limit=10, as_of=T0)] == ["Profit was 3 million."]


def test_another_engine_revises_the_note_but_not_the_words(store: Store) -> None:
    keep(store, note_on())
    saved = keep(store, note_on(known_at=T0 + MINUTE), engine="e2")
    assert saved.changed
    assert saved.document["revision"] == 2
    assert len(store.search("guidance", limit=10)) == 2
    assert store.numbered(note_on()).version == 3


def test_words_already_kept_stay_kept_when_an_older_copy_comes_again(store: Store) -> None:
    keep(store, note_on(body="Old.", external_id="x"))
    keep(store, note_on(body="New.", external_id="x", known_at=T0 + MINUTE))
    late = keep(store, note_on(body="Old.", external_id="x", known_at=T0 + 2 * MINUTE))
    assert not late.changed
    current = store.article(note_on(external_id="x").article.id)
    assert current is not None
    assert current.body == "New."


def test_notes_page_from_newest_to_oldest(store: Store) -> None:
    for n in range(7):
        keep(store, note_on(headline=f"h{n}", known_at=T0 + (n // 2) * MINUTE))
    seen: list[object] = []
    before: str | None = None
    while page := store.notes(limit=2, before=before):
        seen += words_of(page)
        before = str(page[-1]["id"])
    assert sorted(map(str, seen)) == [f"h{n}" for n in range(7)]
    assert seen[0] == "h6"
    assert seen == words_of(store.notes(limit=100))
    assert store.notes(limit=0) == []


def test_notes_filter_by_ticker_whatever_its_case(store: Store) -> None:
    keep(store, note_on(headline="one", ticker="ACME"))
    keep(store, note_on(headline="two", ticker="9988.HK"))
    keep(store, note_on(headline="none", ticker=""))
    assert words_of(store.notes(limit=10, ticker="acme")) == ["one"]
    assert words_of(store.notes(limit=10, ticker="9988.hk")) == ["two"]
    assert store.notes(limit=10, ticker="OTHER") == []


def test_fingerprints_come_back_oldest_first(store: Store) -> None:
    notes = [note_on(headline=f"h{n}", known_at=T0 + n * MINUTE) for n in (2, 0, 1)]
    for note in notes:
        keep(store, note)
    kept = list(store.fingerprints(since=(T0 + MINUTE).timestamp()))
    assert kept == [fingerprint_of(notes[2]), fingerprint_of(notes[0])]
    assert list(store.fingerprints(since=0.0, limit=2)) == kept
    assert len(list(store.fingerprints(since=0.0, limit=3))) == 3


def test_search_says_where_the_sentence_stands(store: Store) -> None:
    note = note_on(headline="Überraschung 💥 at Acme", body="Cloud revenue rose 38% to $6.13 billion.")
    keep(store, note)
    [found] = store.search("cloud revenues", limit=5)
    assert note.article.text[found.start : found.end] == found.text == note.article.body
    assert found.note_id == note.id
    assert found.article_id == note.article.id
    assert found.headline == note.article.headline
    assert found.source == "Test Wire"
    assert found.published_at == "2026-01-05T09:00:00Z"
    assert found.score > 0


def test_search_ranks_by_words_and_filters_by_ticker(store: Store) -> None:
    keep(store, note_on(headline="a", body="Margins fell at the bank.", ticker="BNK"))
    keep(store, note_on(headline="b", body="Cloud margins fell on capex.", ticker="CLD"))
    found = store.search("cloud margins", limit=5)
    assert [p.headline for p in found] == ["b", "a"]
    assert found[0].score > found[1].score
    assert [p.headline for p in store.search("margins", limit=5, tickers=["bnk"])] == ["a"]
    assert len(store.search("margins", limit=1)) == 1


@pytest.mark.parametrize(
    "text",
    [
        'cloud" OR 1=1 --',
        "NEAR(cloud margins, 2)",
        "cloud AND NOT",
        "text: cloud*",
        "^cloud",
        "(((",
        '"',
        "cloud -margins",
        "' ; DROP TABLE notes; --",
        "cloud\x00margins",
        "\ud800 cloud",
        "cloud " * 5000,
        "💥 cloud",
        "%s {cloud} \\",
    ],
)
def test_a_search_is_words_and_never_syntax(store: Store, text: str) -> None:
    keep(store, note_on(body="Cloud margins fell."))
    found = store.search(text, limit=5)
    assert bool(found) == ("cloud" in text.lower())
    assert len(store.notes(limit=5)) == 1


def test_hostile_text_is_kept_and_spans_stay_true(store: Store) -> None:
    body = "It\x00s \ud800 <script>alert(1)</script> '; DROP TABLE notes; -- margin %s {x}"
    note = note_on(headline="\x00head\udfff", body=body)
    keep(store, note)
    kept = store.article(note.article.id)
    assert kept is not None
    assert len(kept.text) == len(note.article.text)
    assert kept.text == note.article.text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd").replace(
        "\udfff", "\ufffd"
    )
    [found] = store.search("alert", limit=5)
    assert kept.text[found.start : found.end] == found.text


def test_portfolios_keep_exact_numbers(store: Store) -> None:
    line = Holding(
        ticker="ACME",
        issuer_id=IssuerId("acme"),
        name="Acme",
        quantity=Decimal("1000000.000000001"),
        price=Decimal("0.10"),
        currency="USD",
        market_value=Decimal("100000.0000000001"),
        weight=Decimal("-0.333333333333333333333"),
        source_row=2,
    )
    book = Portfolio(
        id="p",
        name="Fund",
        base_currency="USD",
        as_of=date(2026, 1, 2),
        holdings=(line, replace(line, issuer_id=None, weight=None, market_value=None, source_row=3)),
        problems=(Problem(code="price", detail="row 4", remedy="add one"),),
    )
    other = replace(book, id="o", holdings=(), as_of=None)
    stamps = {store.books_stamp()}
    for portfolio in (book, other):
        store.save_portfolio(portfolio)
        stamps.add(store.books_stamp())
    assert len(stamps) == 3
    assert store.portfolios() == [other, book]
    shorter = replace(book, holdings=book.holdings[:1])
    store.save_portfolio(shorter)
    assert store.portfolios() == [other, shorter]
    assert store.delete_portfolio("p")
    assert not store.delete_portfolio("p")
    assert store.portfolios() == [other]


def test_rules_are_replaced_and_forgotten(store: Store) -> None:
    rule = Rule(
        id="r",
        name="Big",
        tickers=("ACME",),
        portfolios=("p",),
        events=("ma_announced",),
        min_abs_score=0.5,
        sign="negative",
        receivers=("desk",),
    )
    before = store.books_stamp()
    store.save_rule(rule)
    assert store.rules() == [rule]
    assert store.books_stamp() != before
    store.save_rule(replace(rule, name="Bigger"))
    assert [r.name for r in store.rules()] == ["Bigger"]
    assert store.delete_rule("r")
    assert not store.delete_rule("r")


def test_alerts_are_kept_with_reason_and_withheld_ones_do_not_count_as_told(store: Store) -> None:
    note = note_on(story_id="sty")
    spoken = alert_on(note, rule_id="loud")
    hushed = alert_on(note, rule_id="quiet", withheld=True)
    store.save(note, fingerprint_of(note), [spoken, hushed], engine="e1")
    assert {a.id: a for a in store.alerts(limit=10)} == {a.id: a for a in (spoken, hushed)}
    assert store.alert(spoken.id) == spoken
    assert store.was_alerted("loud", "sty")
    assert not store.was_alerted("quiet", "sty")
    [first] = store.alerts(limit=1)
    [second] = store.alerts(limit=1, before=first.id)
    assert {first.id, second.id} == {spoken.id, hushed.id}


def test_an_alert_fires_once_however_often_it_is_saved(store: Store) -> None:
    one = note_on(headline="one", story_id="sty")
    two = note_on(headline="two", story_id="sty", known_at=T0 + MINUTE)
    alert = alert_on(one)
    later = replace(alert_on(two), id=alert.id)
    store.save(one, fingerprint_of(one), [alert], [(delivery_of(alert.id), {"n": 1})], engine="e1")
    store.save(two, fingerprint_of(two), [later], [(delivery_of(alert.id, "other"), {"n": 2})], engine="e1")
    assert store.alerts(limit=10) == [alert]
    assert [d.receiver for d in store.deliveries(alert.id)] == ["desk"]
    assert [row.topic for row in store.outbox(after=0, limit=10)] == ["note", "alert", "note"]


def test_a_due_delivery_is_claimed_once_and_comes_back_when_its_sender_dies(store: Store) -> None:
    note = note_on()
    alert = alert_on(note)
    early, late = delivery_of(alert.id), delivery_of(alert.id, "later", T0 + 5 * MINUTE)
    store.save(note, fingerprint_of(note), [alert], [(early, {"n": 1}), (late, {"n": 2})], engine="e1")
    assert store.due_deliveries(T0 - MINUTE, limit=10) == []
    [(claimed, payload)] = store.due_deliveries(T0, limit=10, lease=MINUTE)
    assert (claimed, payload) == (early, {"n": 1})
    assert store.due_deliveries(T0, limit=10) == []
    [(again, _)] = store.due_deliveries(T0 + MINUTE, limit=10, lease=MINUTE)
    assert again.id == early.id
    sent = replace(again, attempts=1, state="delivered", due_at=T0 + MINUTE)
    store.record_attempt(sent, at=T0 + MINUTE)
    [(other, _)] = store.due_deliveries(T0 + 10 * MINUTE, limit=10)
    assert other.id == late.id
    assert store.deliveries(alert.id) == [sent, replace(late, due_at=T0 + 11 * MINUTE)]


def test_a_failed_attempt_waits_for_its_next_time(store: Store) -> None:
    note = note_on()
    alert = alert_on(note)
    store.save(note, fingerprint_of(note), [alert], [(delivery_of(alert.id), {})], engine="e1")
    [(claimed, _)] = store.due_deliveries(T0, limit=10)
    waiting = replace(claimed, attempts=1, due_at=T0 + 5 * MINUTE, detail="503\x00")
    store.record_attempt(waiting, at=T0)
    assert store.due_deliveries(T0 + 4 * MINUTE, limit=10) == []
    [(due, _)] = store.due_deliveries(T0 + 5 * MINUTE, limit=10)
    assert due.attempts == 1
    store.record_attempt(replace(due, attempts=2, state="failed"), at=T0)
    assert store.due_deliveries(T0 + timedelta(days=9), limit=10) == []


def test_a_delivered_alert_is_never_taken_back(store: Store) -> None:
    note = note_on()
    alert = alert_on(note)
    store.save(note, fingerprint_of(note), [alert], [(delivery_of(alert.id), {})], engine="e1")
    delivery = delivery_of(alert.id)
    store.record_attempt(replace(delivery, attempts=1, state="delivered"), at=T0)
    store.record_attempt(replace(delivery, attempts=1, state="pending", detail="late loser"), at=T0)
    assert [d.state for d in store.deliveries(alert.id)] == ["delivered"]


def test_the_outbox_replays_every_revision_in_order(store: Store) -> None:
    first = note_on(body="One.", external_id="x")
    second = note_on(body="Two.", external_id="x", known_at=T0 + MINUTE)
    alert = alert_on(second)
    keep(store, first)
    store.save(second, fingerprint_of(second), [alert], engine="e1")
    rows = store.outbox(after=0, limit=10)
    assert [(row.topic, row.key) for row in rows] == [
        ("note", first.id),
        ("note", first.id),
        ("alert", alert.id),
    ]
    assert [row.document.get("revision") for row in rows] == [1, 2, None]
    assert rows[2].document["rule_id"] == alert.rule_id
    assert store.outbox(after=rows[0].id, limit=1) == [rows[1]]
    assert store.last_outbox_id() == rows[-1].id


def test_all_of_an_article_is_kept_or_nothing(store: Store) -> None:
    note = note_on()
    alert = alert_on(note)
    broken: NoteDocument = {"bad": object()}  # type: ignore[dict-item]
    with pytest.raises(Exception, match="JSON serializable"):
        store.save(note, fingerprint_of(note), [alert], [(delivery_of(alert.id), broken)], engine="e1")
    assert store.notes(limit=10) == []
    assert store.article(note.article.id) is None
    assert store.alerts(limit=10) == []
    assert store.last_outbox_id() == 0
    assert store.search("guidance", limit=10) == []
    assert keep(store, note).changed


def test_threads_may_save_and_read_at_once(store: Store) -> None:
    failures: list[BaseException] = []

    def work(part: int) -> None:
        try:
            for n in range(8):
                keep(store, note_on(headline=f"h{part}-{n}", known_at=T0 + n * MINUTE))
                store.notes(limit=5)
                store.search("guidance", limit=5)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(part,)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(store.notes(limit=100)) == 32
    assert store.last_outbox_id() == 32


def test_two_claims_at_once_never_share_a_delivery(store: Store) -> None:
    for n in range(20):
        note = note_on(headline=f"h{n}")
        alert = alert_on(note)
        store.save(note, fingerprint_of(note), [alert], [(delivery_of(alert.id), {})], engine="e1")
    taken: list[str] = []

    def work() -> None:
        while due := store.due_deliveries(T0, limit=3):
            taken.extend(delivery.id for delivery, _ in due)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 20


def authoring_of(digest: str, *, ending: Ending = Ending.WRITTEN, usd: str = "0.0125") -> Authoring:
    claim = AuthoredClaim(
        kind=ClaimKind.RISK,
        text="Näher \u0000 an \ud800 nichts.",
        direction="negative",
        horizon="1-2 months",
        tickers=(("ACME", "negative"),),
        confidence_pct=40,
        support=("f1", "c2"),
        falsified_by="x",
    )
    spent = Spent(requests=2, input_tokens=100, output_tokens=30, seconds=1.5)
    authored = Authored(ending=ending, claims=(claim,) if ending is Ending.WRITTEN else (), spent=spent)
    return Authoring(
        digest=digest, article_id="a", model="openai/m", authored=authored, cost_usd=Decimal(usd)
    )


def test_what_language_models_took_adds_up(store: Store) -> None:
    assert store.spending(since=T0).notes == 0
    store.record_authoring(authoring_of("d1"), at=T0 - MINUTE)
    store.record_authoring(authoring_of("d2"), at=T0)
    store.record_authoring(authoring_of("d3", ending=Ending.TIMEOUT, usd="0.5"), at=T0 + MINUTE)
    spending = store.spending(since=T0)
    assert (spending.notes, spending.requests, spending.input_tokens, spending.output_tokens) == (
        2,
        4,
        200,
        60,
    )
    assert spending.cost_usd == Decimal("0.5125")


def test_an_answer_is_found_by_what_was_asked_and_costs_nothing_again(store: Store) -> None:
    store.record_authoring(authoring_of("d1", ending=Ending.REFUSED), at=T0)
    assert store.answered("d1") is None
    store.record_authoring(authoring_of("d1"), at=T0)
    found = store.answered("d1")
    assert found is not None
    assert found.ending is Ending.WRITTEN
    assert found.spent.input_tokens == 0
    [claim] = found.claims
    assert (claim.kind, claim.tickers, claim.support) == (
        ClaimKind.RISK,
        (("ACME", "negative"),),
        ("f1", "c2"),
    )
    assert store.answered("d2") is None


def test_a_rewritten_note_is_the_next_revision(store: Store) -> None:
    note = note_on()
    keep(store, note)
    better = replace(note, summary=(), known_at=T0 + MINUTE)
    saved = store.revise(better, engine="e2")
    assert saved.changed
    assert saved.document["revision"] == 2
    assert store.note(note.id) == saved.document
    assert store.note(note.id, as_of=T0) != saved.document
    assert [row.document["revision"] for row in store.outbox(after=0, limit=9)] == [1, 2]
    assert not store.revise(better, engine="e2").changed


def test_a_rewritten_note_never_hides_newer_words(store: Store) -> None:
    note = note_on(external_id="x")
    keep(store, note)
    corrected = note_on(body="Acme Corp raised its guidance again.", external_id="x", known_at=T0 + MINUTE)
    newest = keep(store, corrected).document
    saved = store.revise(replace(note, known_at=T0 + 2 * MINUTE), engine="e2")
    assert not saved.changed
    assert store.note(note.id) == newest
    assert not store.revise(note_on("Nobody saved this", "It is not there."), engine="e2").changed
