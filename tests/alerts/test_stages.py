"""From match to person: what each stage hushes, holds and lets through, and the reason it gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from readthrough.alerts.deliver import bundle, deliveries, escalations, holds, told_beside
from readthrough.alerts.route import parse_route
from readthrough.alerts.stages import Scene, Turn, decide
from readthrough.alerts.stages.rest import digest_time, wakes
from readthrough.domain.alert import Alert, Hit, HitCode, Rule
from readthrough.domain.route import Holding, Hush, QuietHours, Remembered, Route, Silence, Update

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)  # a Wednesday
MINUTE = timedelta(minutes=1)


def hit(rule: str = "r", *, owner: str = "anna", severity: str = "alert", **other: Any) -> Hit:
    facts: dict[str, Any] = {
        "code": HitCode.MATCHED,
        "words": "Acme at −0.40.",
        "group": "sto",
        "story_id": "sto",
        "at": NOON,
        "article_id": "art_1",
        "headline": "Acme cuts guidance",
        "ticker": "ACME",
        "sign": -1,
        "events": ("guidance_cut",),
        "market_impact": 0.4,
    }
    named = Rule(
        id=rule, name=rule.title(), owner=owner, severity=severity, receivers=other.pop("receivers", ())
    )
    return Hit(rule=named, **(facts | other))


def scene(**other: Any) -> Scene:
    facts: dict[str, Any] = {"now": NOON, "story_id": "sto", "article_id": "art_1", "digest": "d1"}
    return Scene(**(facts | other))


def routed(**fields: Any) -> dict[str, Route]:
    return {"anna": Route(person="anna", receivers=("phone",), **fields)}


def remember(alert: Alert, at: datetime = NOON - 5 * MINUTE, **other: Any) -> Remembered:
    facts: dict[str, Any] = {
        "id": alert.id,
        "rule_id": alert.rule_id,
        "rule_name": alert.rule_name,
        "person": alert.person,
        "tenant": "",
        "severity": alert.severity,
        "receivers": alert.receivers,
        "joins": alert.joins,
        "sign": alert.told.sign,
        "events": alert.told.events,
        "impact": alert.told.impact,
        "at": at,
        "held_until": alert.held_until,
    }
    return Remembered(**(facts | other))


def one(hits: list[Hit], at: Scene) -> Turn:
    [turn] = decide(hits, at)
    return turn


def told(**other: Any) -> Remembered:
    return remember(one([hit(**other)], scene(routes=routed())).alert)


def code(turn: Turn) -> str:
    return turn.alert.reason.code


def test_a_first_match_speaks_at_once_by_its_persons_route() -> None:
    turn = one([hit()], scene(routes=routed()))
    assert (turn.alert.withheld, turn.alert.held_as, turn.alert.receivers) == (False, "", ("phone",))
    assert (turn.alert.person, turn.alert.told.events) == ("anna", ("guidance_cut",))
    assert [d.receiver for d in deliveries(turn.alert, NOON)] == ["phone"]


def test_where_it_goes_is_the_rules_then_the_severitys_then_the_persons_then_everybodys_then_the_page() -> (
    None
):
    own = {"anna": Route(person="anna", receivers=("mail",), by_severity=(("flash", ("phone",)),))}
    assert one([hit(receivers=("hook",))], scene(routes=own)).alert.receivers == ("hook",)
    assert one([hit(severity="flash")], scene(routes=own)).alert.receivers == ("phone",)
    assert one([hit()], scene(routes=own)).alert.receivers == ("mail",)
    assert one([hit()], scene(routes={"": Route(receivers=("room",))})).alert.receivers == ("room",)
    assert one([hit()], scene()).alert.receivers == ("page",)


def test_a_story_speaks_once_to_a_person_by_a_rule() -> None:
    again = one([hit(article_id="art_2")], scene(told=(told(),), routes=routed(), digest="d2"))
    assert (code(again), again.alert.withheld) == (Hush.ALREADY_TOLD, True)
    assert again.alert.joins == told().id
    assert "already spoken" in again.alert.reason.words
    assert deliveries(again.alert, NOON) == ()


def test_another_person_and_another_rule_are_told_for_themselves() -> None:
    others = decide([hit(owner="ben"), hit("other")], scene(told=(told(),)))
    assert [turn.alert.withheld for turn in others] == [False, False]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"sign": 1}, Update.SIGN),
        ({"events": ("guidance_cut", "management_change")}, Update.EVENT),
        ({"market_impact": 0.56}, Update.IMPACT),
    ],
)
def test_a_material_change_speaks_again_and_joins_the_first(change: dict[str, Any], expected: str) -> None:
    turn = one([hit(article_id="art_2", **change)], scene(told=(told(),), routes=routed(), digest="d2"))
    assert (code(turn), turn.alert.withheld, turn.alert.held_as) == (expected, False, "")
    assert turn.alert.joins == told().id
    [delivery] = deliveries(turn.alert, NOON)
    assert delivery.kind == "update"


@pytest.mark.parametrize("change", [{"sign": 0}, {"market_impact": 0.5}, {"events": ()}, {}])
def test_what_is_no_material_change_stays_silent(change: dict[str, Any]) -> None:
    turn = one([hit(article_id="art_2", **change)], scene(told=(told(),), routes=routed()))
    assert code(turn) == Hush.ALREADY_TOLD


def test_a_second_update_waits_and_those_after_it_come_with_it() -> None:
    update = one([hit(sign=1, article_id="art_2")], scene(told=(told(),), routes=routed())).alert
    known = (told(), remember(update, NOON - MINUTE))
    second = one([hit(sign=-1, article_id="art_3")], scene(told=known, routes=routed()))
    assert (second.alert.held_as, second.alert.held_until) == (Holding.UPDATE_WAITS, NOON + 14 * MINUTE)
    third = one(
        [hit(sign=1, article_id="art_4")],
        scene(told=(*known, remember(second.alert, NOON)), now=NOON + MINUTE, routes=routed()),
    )
    assert third.alert.held_until == second.alert.held_until
    assert {h.key for t in (second, third) for h in holds(t, {"page"})} == {"anna|2026-11-18T12:14:00Z"}
    later = one(
        [hit(sign=-1, article_id="art_5")], scene(told=known, now=NOON + 30 * MINUTE, routes=routed())
    )
    assert later.alert.held_as == ""


def test_a_retelling_is_hushed_as_one_but_may_be_somebodys_first_news() -> None:
    retold = scene(told=(told(),), duplicate_of="art_0", routes=routed())
    assert code(one([hit(sign=1)], retold)) == Hush.DUPLICATE_STORY
    assert code(one([hit(events=("guidance_raise",))], retold)) == Hush.DUPLICATE_STORY
    assert code(one([hit(events=("management_change",))], retold)) == Update.EVENT
    same_reader = one([hit("other")], retold)
    assert (code(same_reader), same_reader.alert.hushed_by) == (Hush.DUPLICATE_STORY, told().id)
    assert not one([hit("other", owner="ben")], retold).alert.withheld


def test_a_rules_own_terms_hush_first_and_a_change_of_weight_overrides_novelty_only() -> None:
    low = one([hit(code=HitCode.LOW_NOVELTY)], scene())
    assert (code(low), low.alert.withheld) == (HitCode.LOW_NOVELTY, True)
    assert code(one([hit(code=HitCode.LOW_NOVELTY, sign=1)], scene(told=(told(),)))) == Update.SIGN
    passing = one([hit(code=HitCode.BELOW_RELEVANCE, sign=1)], scene(told=(told(),)))
    assert (code(passing), passing.alert.joins) == (HitCode.BELOW_RELEVANCE, told().id)


@pytest.mark.parametrize("verb", ["corrected", "withdrawn"])
def test_corrections_follow_to_whoever_was_told_though_no_rule_meets_them(verb: str) -> None:
    first = replace(told(), receivers=("old-phone",))
    night = NOON.replace(hour=23)
    quiet = {"anna": Route(person="anna", quiet=(QuietHours(start=time(22), end=time(7)),))}
    silenced = Silence(id="s", starts_at=NOON, ends_at=NOON + 24 * 60 * MINUTE, person="anna")
    at = scene(told=(first,), superseding=verb, supersedes="art_1", article_id="art_2", headline="Acme")
    turn = one([], replace(at, silences=(silenced,)))
    assert (code(turn), turn.alert.withheld, turn.alert.joins) == (verb, False, first.id)
    assert (turn.alert.receivers, turn.alert.story_id) == (("old-phone",), "sto")
    asleep = one([], replace(at, now=night, routes=quiet))
    assert asleep.alert.held_as == Holding.QUIET_HOURS
    waiting = replace(first, held_until=NOON + 60 * MINUTE)
    assert one([], replace(at, told=(waiting,))).alert.held_until == waiting.held_until


def test_what_is_withdrawn_is_news_to_nobody_else() -> None:
    at = scene(told=(told(),), superseding="withdrawn", supersedes="art_1")
    assert [turn.alert.person for turn in decide([hit(owner="ben")], at)] == ["anna"]
    corrected = decide([hit(owner="ben")], replace(at, superseding="corrected"))
    assert [(turn.alert.person, code(turn)) for turn in corrected] == [
        ("anna", "corrected"),
        ("ben", "matched"),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"ticker": "acme"},
        {"rule_id": "r"},
        {"person": "anna"},
        {"story_id": "sto"},
        {"event": "guidance_cut"},
        {"severity": "alert", "person": "anna"},
    ],
)
def test_silences_hush_what_fits_every_field_while_they_last(fields: dict[str, str]) -> None:
    silence = Silence(id="sil_1", starts_at=NOON, ends_at=NOON + MINUTE, by="ben", **fields)
    turn = one([hit()], scene(silences=(silence,)))
    assert (code(turn), turn.alert.hushed_by) == (Hush.SILENCED, "sil_1")
    assert not one([hit()], scene(silences=(silence,), now=NOON + MINUTE)).alert.withheld
    other = replace(silence, rule_id="another")
    assert not one([hit()], scene(silences=(other,))).alert.withheld


def test_a_snoozed_story_is_hushed_as_snoozed() -> None:
    silence = Silence(id="s", starts_at=NOON, ends_at=NOON + MINUTE, story_id="sto", snooze_of="alr_9")
    turn = one([hit()], scene(silences=(silence,)))
    assert (code(turn), turn.alert.hushed_by) == (Hush.SNOOZED, "alr_9")


def test_a_flash_hushes_the_lesser_where_it_reaches_them() -> None:
    hits = [hit("a", receivers=("phone",)), hit("b", severity="flash", receivers=("phone",))]
    lesser, flash = decide(hits, scene())
    assert (code(lesser), lesser.alert.hushed_by) == (Hush.INHIBITED, flash.alert.id)
    hits[0] = hit("a", receivers=("phone", "log"))
    lesser, _ = decide(hits, scene())
    assert (lesser.alert.withheld, lesser.alert.receivers) == (False, ("log",))


def test_a_flash_told_before_hushes_another_rules_alert_unless_that_says_more() -> None:
    flash = remember(one([hit("b", severity="flash", receivers=("phone",))], scene()).alert)
    later = hit("a", receivers=("phone",), article_id="art_2")
    assert code(one([later], scene(told=(flash,)))) == Hush.INHIBITED
    assert not one([replace(later, sign=1)], scene(told=(flash,))).alert.withheld


def test_a_silenced_flash_hushes_nobody() -> None:
    silence = Silence(id="s", starts_at=NOON, ends_at=NOON + MINUTE, severity="flash")
    hits = [hit("a", receivers=("phone",)), hit("b", severity="flash", receivers=("phone",))]
    lesser, _ = decide(hits, scene(silences=(silence,)))
    assert not lesser.alert.withheld


def test_rules_that_speak_of_one_story_to_one_person_make_one_message() -> None:
    turns = decide([hit("a"), hit("b", severity="urgent"), hit("c")], scene(routes=routed()))
    grouped = [turn for turn in turns if turn.alert.withheld]
    [lead] = [turn for turn in turns if not turn.alert.withheld]
    assert lead.alert.rule_id == "b"
    assert {(code(turn), turn.alert.hushed_by) for turn in grouped} == {(Hush.GROUPED, lead.alert.id)}
    assert told_beside(turns) == {lead.alert.id: ["A", "C"]}
    apart = decide([hit("a"), hit("b")], scene(routes=routed(group_by="none")))
    assert not any(turn.alert.withheld for turn in apart)
    desk_wide = decide([hit("a", owner=""), hit("b", owner="")], scene())
    assert not any(turn.alert.withheld for turn in desk_wide), "machines get every rule for itself"


def test_a_group_may_wait_for_more_and_then_speaks_once() -> None:
    routes = routed(group_by="issuer", group_wait=2 * MINUTE)
    first = one([hit(issuer_id="iss")], scene(routes=routes))
    assert (first.alert.held_as, first.alert.held_until) == (Holding.GATHERED, NOON + 2 * MINUTE)
    [held] = holds(first, {"page"})
    later = scene(routes=routes, now=NOON + MINUTE, gathering={held.key: held.due_at}, story_id="sto2")
    second = one([hit("other", issuer_id="iss", group="sto2")], later)
    assert (second.alert.held_until, [h.key for h in holds(second, {"page"})]) == (held.due_at, [held.key])
    assert one([hit(severity="flash", issuer_id="iss")], scene(routes=routes)).alert.held_as == ""


def test_more_than_asked_for_comes_together_at_the_end_of_the_window() -> None:
    routes = routed(throttle=2, group_by="none")
    at = scene(routes=routes, spoken={"anna": 1}, now=NOON + 20 * MINUTE)
    first, second, flash = decide([hit("a"), hit("b"), hit("c", severity="flash", group="sto2")], at)
    assert first.alert.held_as == ""
    assert (second.alert.held_as, second.alert.held_until) == (Holding.THROTTLED, NOON + 60 * MINUTE)
    assert flash.alert.held_as == ""


def test_quiet_hours_and_days_off_hold_all_but_the_pressing() -> None:
    routes = routed(
        quiet=(QuietHours(start=time(22), end=time(7)),), calendar="XNYS", timezone="America/New_York"
    )
    night = datetime(2026, 11, 26, 3, 30, tzinfo=UTC)  # Wednesday 22:30 in New York, before Thanksgiving
    asleep = one([hit()], scene(routes=routes, now=night))
    assert asleep.alert.held_as == Holding.QUIET_HOURS
    assert asleep.alert.held_until == datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    assert deliveries(asleep.alert, night, live={"page"}) == ()
    assert one([hit(severity="flash")], scene(routes=routes, now=night)).alert.held_as == ""
    holiday = one([hit()], scene(routes=routes, now=datetime(2026, 11, 26, 17, 0, tzinfo=UTC)))
    assert holiday.alert.held_as == Holding.NON_WORKING_DAY


def test_the_live_page_takes_everything_as_it_comes() -> None:
    routes = {"anna": Route(person="anna", receivers=("page", "phone"), digest="daily")}
    turn = one([hit()], scene(routes=routes))
    assert [d.receiver for d in deliveries(turn.alert, NOON, live={"page"})] == ["page"]
    assert [h.receiver for h in holds(turn, {"page"})] == ["phone"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"digest": "hourly"}, "2026-11-18T13:00"),
        ({"digest": "daily", "digest_at": time(7, 30)}, "2026-11-19T07:30"),
        ({"digest": "daily", "digest_at": time(16)}, "2026-11-18T16:00"),
        ({"digest": "pre_market", "calendar": "XNYS"}, "2026-11-18T13:30"),
        ({"digest": "pre_market", "calendar": "XLON"}, "2026-11-19T07:00"),
    ],
)
def test_digests_have_their_time(fields: dict[str, Any], expected: str) -> None:
    assert digest_time(Route(**fields), NOON) == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    turn = one([hit()], scene(routes=routed(**fields)))
    assert turn.alert.held_as == Holding.DIGEST
    assert one([hit(severity="urgent")], scene(routes=routed(**fields))).alert.held_as == ""


def test_quiet_hours_hold_over_a_change_of_the_clock() -> None:
    route = Route(quiet=(QuietHours(start=time(22), end=time(7)),), timezone="Europe/London")
    before = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)  # clocks go forward at 01:00
    assert wakes(route, before)[0] == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
    assert wakes(route, NOON) == (NOON, Holding.QUIET_HOURS)


def test_what_nobody_acknowledges_goes_further() -> None:
    route = parse_route(
        {
            "person": "anna",
            "receivers": ["mail"],
            "escalate": [{"after": "5m", "receivers": ["phone"]}, {"after": "15m", "receivers": ["boss"]}],
        }
    )
    flash = one([hit(severity="flash")], scene(routes={"anna": route}))
    steps = escalations(flash, NOON)
    assert [(d.receiver, d.due_at - NOON, d.kind) for d in steps] == [
        ("phone", 5 * MINUTE, "escalation"),
        ("boss", 15 * MINUTE, "escalation"),
    ]
    assert len({d.id for d in (*steps, *deliveries(flash.alert, NOON))}) == 3
    assert escalations(one([hit()], scene(routes={"anna": route})), NOON) == ()


def test_a_bundle_is_one_message_with_an_id_that_hangs_on_what_it_tells() -> None:
    alerts = [turn.alert for turn in decide([hit("a"), hit("b")], scene(routes=routed(group_by="none")))]
    first, body = bundle("k", "anna", "phone", alerts, NOON)
    again, _ = bundle("k", "anna", "phone", list(reversed(alerts)), NOON + MINUTE)
    assert first.id == again.id
    assert body["type"] == "alert.digest"
    single, alone = bundle("k", "anna", "phone", alerts[:1], NOON)
    assert single.id == deliveries(alerts[0], NOON)[0].id
    assert alone["type"] == "alert.fired"


def test_deciding_twice_decides_the_same_and_every_alert_has_its_own_id() -> None:
    hits = [hit(rule, owner=owner) for rule in "abc" for owner in ("", "anna", "ben")]
    first, again = decide(hits, scene(routes=routed())), decide(hits, scene(routes=routed()))
    assert first == again
    assert len({turn.alert.id for turn in first}) == len(hits)


def test_every_hit_comes_out_with_a_reason_that_is_enumerated() -> None:
    known = {*HitCode, *Hush, *Update}
    hits = [hit(str(n), severity=("flash", "urgent", "alert")[n % 3]) for n in range(9)]
    turns = decide(hits, scene(told=(told(),), routes=routed(throttle=1)))
    assert len(turns) == len(hits)
    assert {code(turn) for turn in turns} <= {str(one) for one in known}
    assert {turn.alert.held_as for turn in turns} <= {"", *Holding}
