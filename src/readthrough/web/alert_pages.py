"""Alerts: the inbox, why each spoke or kept silent, the rules with what they would have said, and the receivers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from readthrough.desk import alerting, ask, books, endpoints
from readthrough.desk.documents import alert_document
from readthrough.desk.intake import parse_rule
from readthrough.desk.would import Previewer
from readthrough.domain.account import Role
from readthrough.domain.alert import Rule
from readthrough.domain.errors import ReadthroughError, SourceNotFound
from readthrough.domain.taxonomy import PARENTS
from readthrough.web.page import Form, Pages, Posted, asker, require
from readthrough.web.whose import EVERYBODY, people_of

__all__ = ["AlertPages"]

ALERTS_A_PAGE: Final = 100
STATES: Final = ("", "spoken", "held", "withheld")
LENGTHS: Final = {
    "1h": timedelta(hours=1),
    "4h": timedelta(hours=4),
    "1d": timedelta(days=1),
    "7d": timedelta(days=7),
}
_SHARES: Final = ("min_abs_score", "min_novelty", "min_relevance", "min_impact")


class AlertPages:
    """What rules said, and why; and the rules themselves."""

    def __init__(self, pages: Pages) -> None:
        """Keep the frame of the pages."""
        self._pages = pages
        self._desk = pages.desk
        self._previewer = Previewer(pages.desk)

    def add_to(self, router: APIRouter) -> None:
        """Register the pages; fixed words go before ids."""
        add = router.add_api_route
        add("/alerts", self.alerts)
        add("/alerts/rules", self.rules)
        add("/alerts/rules/new", self.new_rule)
        add("/alerts/rules", self.save_rule, methods=["POST"])
        add("/alerts/rules/delete", self.delete_rule, methods=["POST"])
        add("/alerts/preview", self.preview, methods=["POST"])
        add("/alerts/receivers", self.receivers)
        add("/alerts/receivers/test", self.test_receiver, methods=["POST"])
        add("/alerts/silences", self.silences)
        add("/alerts/silences/end", self.end_silence, methods=["POST"])
        add("/alerts/{alert_id}", self.alert)
        add("/alerts/{alert_id}/act", self.act, methods=["POST"])

    def alerts(
        self,
        request: Request,
        before: Annotated[str | None, Query(max_length=80)] = None,
        state: Annotated[str, Query(max_length=20)] = "",
        rule: Annotated[str, Query(max_length=200)] = "",
        person: Annotated[str, Query(max_length=200)] = "",
    ) -> Response:
        """Show alerts with the reason each was sent or withheld."""
        if state not in STATES:
            raise HTTPException(422, "An alert is spoken, held or withheld.")
        me = asker(request)
        found = alerting.alert_list(
            self._desk,
            people=people_of(person, me) or (),
            rule_id=rule,
            state=state,
            limit=ALERTS_A_PAGE + 1,
            before=before,
        )
        shown = [alert_document(alert) for alert in found[:ALERTS_A_PAGE]]
        older = found[ALERTS_A_PAGE - 1].id if len(found) > ALERTS_A_PAGE else ""
        return self._pages.show(
            request,
            "alerts.html",
            place="Alerts",
            alerts=shown,
            older=older,
            state=state,
            states=STATES,
            rule=rule,
            person=person or ("me" if me.via == "session" else EVERYBODY),
        )

    def alert(self, request: Request, alert_id: str) -> Response:
        """Show why one alert spoke or kept silent, and where it went."""
        try:
            told: dict[str, Any] = alerting.why(self._desk, alert_id)
            past = alerting.history(self._desk, alert_id)
        except SourceNotFound:
            raise HTTPException(404, "There is no such alert.") from None
        return self._pages.show(
            request,
            "alert.html",
            place="Alerts",
            told=told,
            alert=told["alert"],
            past=past,
            lengths=list(LENGTHS),
        )

    def act(self, request: Request, alert_id: str, form: Posted) -> Response:
        """Acknowledge an alert, or hush its story for a while."""
        me, length = require(request, Role.ANALYST), form.text("length", 4)
        try:
            if form.text("act") == "snooze" and length in LENGTHS:
                alerting.snooze(self._desk, alert_id, LENGTHS[length], by=me.login)
            elif form.text("act") == "ack":
                alerting.acknowledge(self._desk, alert_id, by=me.login, comment=form.text("comment", 300))
            else:
                raise HTTPException(422, "An alert is acknowledged, or snoozed for a while.")
        except SourceNotFound:
            raise HTTPException(404, "There is no such alert.") from None
        return self._pages.go(f"/alerts/{alert_id}")

    def rules(self, request: Request) -> Response:
        """List the rules."""
        return self._pages.show(request, "rules.html", place="Alerts", rules=self._desk.store.rules())

    def new_rule(
        self,
        request: Request,
        ticker: Annotated[str, Query(max_length=30)] = "",
        id: Annotated[str, Query(max_length=200)] = "",
    ) -> Response:
        """Show the builder, filled from a rule there is or a ticker."""
        kept = next((rule for rule in self._desk.store.rules() if rule.id == id), None) if id else None
        if id and kept is None:
            raise HTTPException(404, "There is no such rule.")
        if kept is not None and (
            kept.all_of or kept.any_of or kept.none_of or kept.predicate or kept.kind != "note"
        ):
            raise HTTPException(
                422, "This rule nests conditions or counts over time: change it with `rule add`."
            )
        return self._builder(request, kept, ticker=ticker.upper())

    def _builder(
        self, request: Request, kept: Rule | None, *, ticker: str = "", fault: str = ""
    ) -> HTMLResponse:
        return self._pages.show(
            request,
            "rule.html",
            status=422 if fault else 200,
            place="Alerts",
            kept=kept,
            ticker=ticker,
            fault=fault,
            events=sorted(PARENTS),
            portfolios=ask.portfolio_names(self._desk),
            receivers=sorted(self._desk.receivers),
        )

    def preview(self, request: Request, form: Posted) -> Response:
        """Print what a rule would have said of the newest notes."""
        try:
            rule = _rule_of(form)
            found = self._previewer.preview(rule)
        except ReadthroughError as error:
            return self._pages.show(request, "would.html", found=None, fault=str(error))
        return self._pages.show(request, "would.html", found=found, fault="")

    def save_rule(self, request: Request, form: Posted) -> Response:
        """Keep a rule."""
        require(request, Role.MANAGER)
        try:
            rule = _rule_of(form)
            books.check_rule(self._desk, rule)
        except ReadthroughError as error:
            return self._builder(request, None, fault=str(error))
        books.save_rule(self._desk, rule)
        return self._pages.go("/alerts/rules")

    def delete_rule(self, request: Request, form: Posted) -> Response:
        """Forget a rule."""
        require(request, Role.MANAGER)
        if not books.delete_rule(self._desk, form.text("id")):
            raise HTTPException(404, "There is no such rule.")
        return self._pages.go("/alerts/rules")

    def receivers(self, request: Request) -> Response:
        """List receivers and how they fare."""
        return self._receivers(request)

    def _receivers(self, request: Request, *, done: str = "", fault: str = "") -> HTMLResponse:
        rows = endpoints.receiver_list(self._desk)
        return self._pages.show(request, "receivers.html", place="Alerts", rows=rows, done=done, fault=fault)

    def test_receiver(self, request: Request, form: Posted) -> Response:
        """Send a test message now."""
        require(request, Role.MANAGER)
        name = form.text("name", 100)
        return self._tried(request, f"{name} took the test.", lambda: endpoints.send_test(self._desk, name))

    def _tried(self, request: Request, done: str, work: Callable[[], object]) -> Response:
        try:
            work()
        except ReadthroughError as error:
            return self._receivers(request, fault=str(error))
        return self._receivers(request, done=done)

    def silences(self, request: Request) -> Response:
        """List what is hushed for a while."""
        rows = [alerting.silence_document(one) for one in alerting.silences(self._desk)]
        return self._pages.show(
            request, "silences.html", place="Alerts", rows=rows, me_may=asker(request).may(Role.ANALYST)
        )

    def end_silence(self, request: Request, form: Posted) -> Response:
        """End a silence now."""
        require(request, Role.MANAGER)
        try:
            alerting.end_silence(self._desk, form.text("id", 100))
        except SourceNotFound:
            raise HTTPException(404, "There is no such silence.") from None
        return self._pages.go("/alerts/silences")


def _rule_of(form: Form) -> Rule:
    """Make a rule of the builder's fields, by the checks of a rules file."""
    name = form.text("name", 120) or "Unnamed"
    id = form.text("id", 120) or "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())
    data: dict[str, Any] = {
        "id": id or "rule",
        "name": name,
        "severity": form.text("severity", 10) or "alert",
    }
    lists = {
        "tickers": form.text("tickers", 2_000).replace(",", " ").split(),
        "words": [w.strip() for w in form.text("words", 4_000).split(",") if w.strip()],
        "sources": [w.strip() for w in form.text("sources", 2_000).split(",") if w.strip()],
        "events": form.texts("event"),
        "portfolios": form.texts("portfolio"),
        "receivers": form.texts("receiver"),
    }
    data.update({key: value for key, value in lists.items() if value})
    if sign := form.text("sign", 10):
        data["sign"] = sign
    for key in (*_SHARES, "min_effect_bps"):
        text = form.text(key, 10)
        if text:
            data[key] = _number(key, text)
    return parse_rule(data)


def _number(key: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise HTTPException(422, f"{key} is a number.") from None
    if value != value or abs(value) > 1e6:
        raise HTTPException(422, f"{key} is a number.")
    return value
