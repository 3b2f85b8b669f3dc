"""From hits to turns: what a rule met, for whom, and by which route."""

from __future__ import annotations

from dataclasses import replace

from readthrough.alerts.stages.scene import Scene, Turn, route_of
from readthrough.domain.alert import Alert, Hit, Reason, Told
from readthrough.domain.article import ArticleId, digest

__all__ = ["begin", "identified"]


def begin(hits: tuple[Hit, ...], scene: Scene) -> tuple[Turn, ...]:
    """Make a turn of each hit; where it is sent is looked up in its rule, else in its person's route."""
    return tuple(_turn(hit, scene) for hit in hits)


def _turn(hit: Hit, scene: Scene) -> Turn:
    rule = hit.rule
    route = route_of(scene, rule.owner)
    own = dict(route.by_severity).get(rule.severity, route.receivers)
    alert = Alert(
        id="",
        rule_id=rule.id,
        rule_name=rule.name,
        article_id=ArticleId(hit.article_id),
        story_id=hit.story_id or hit.group,
        severity=rule.severity,
        headline=hit.headline or scene.headline or hit.words,
        reason=Reason(code=str(hit.code), words=hit.words, matched=hit.matched),
        withheld=hit.hushed,
        receivers=tuple(dict.fromkeys(rule.receivers or own or (scene.page,))),
        created_at=scene.now,
        person=rule.owner,
        tenant=rule.tenant,
        told=Told(sign=hit.sign, events=hit.events, impact=round(hit.market_impact, 3)),
        found=hit.found,
    )
    return Turn(
        alert=alert,
        route=route,
        group=hit.group,
        issuer=str(hit.issuer_id or ""),
        ticker=hit.ticker,
        portfolio=hit.impact.portfolio if hit.impact is not None else "",
        hushed_by_rule=hit.hushed,
    )


def identified(turn: Turn, scene: Scene) -> Turn:
    """Give the alert its id, from what it is about alone, so that deciding twice decides the same.

    The first alert of rule, person and story has an id of these three; every other hangs on the article's
    words and its own reason too.
    """
    alert = turn.alert
    parts = (alert.rule_id, turn.group, *((alert.person,) if alert.person else ()))
    if alert.withheld or turn.follows or turn.updates:
        parts = (*parts, alert.article_id, scene.digest, "withheld" if alert.withheld else alert.reason.code)
    return replace(turn, alert=replace(alert, id="alr_" + digest(*parts)))
