"""Admin: institutions, people, groups and walls, keys, receivers, quarantine, costs, the audit log, health."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse

from readthrough import __version__
from readthrough.desk.accounts import Accounts
from readthrough.desk.screen import screen_of
from readthrough.desk.status import status_document
from readthrough.domain.account import MAIN, AuditEntry, Group, Role, Wall
from readthrough.domain.errors import AccountError, ReadthroughError
from readthrough.web.admin_live import feeds_of, quarantine_of, steps_of
from readthrough.web.page import Pages, Posted, require

__all__ = ["AdminPages"]

AUDIT_A_PAGE: Final = 200
_PARTS: Final[tuple[tuple[str, str], ...]] = (
    ("", "Health"),
    ("/people", "People"),
    ("/walls", "Groups and walls"),
    ("/tenants", "Tenants"),
    ("/keys", "Keys"),
    ("/feeds", "Feeds"),
    ("/steps", "Steps"),
    ("/receivers", "Receivers"),
    ("/quarantine", "Quarantine"),
    ("/costs", "Costs"),
    ("/feedback", "Feedback"),
    ("/requests", "Requests for a demo"),
    ("/audit", "Audit log"),
)


class AdminPages:
    """What an admin of a tenant looks after; tenants themselves are for admins of the main one."""

    def __init__(self, pages: Pages, accounts: Callable[[], Accounts]) -> None:
        """Keep what is asked."""
        self._pages = pages
        self._desk = pages.desk
        self._accounts = accounts

    def add_to(self, router: APIRouter) -> None:
        """Register the pages."""
        add = router.add_api_route
        add("/admin", self.health)
        add("/admin/people", self.people)
        add("/admin/people", self.add_person, methods=["POST"])
        add("/admin/people/change", self.change_person, methods=["POST"])
        add("/admin/people/reset", self.reset_person, methods=["POST"])
        add("/admin/walls", self.walls)
        add("/admin/walls", self.add_wall, methods=["POST"])
        add("/admin/walls/delete", self.delete_wall, methods=["POST"])
        add("/admin/groups", self.add_group, methods=["POST"])
        add("/admin/tenants", self.tenants)
        add("/admin/tenants", self.add_tenant, methods=["POST"])
        add("/admin/keys", self.keys)
        add("/admin/keys/revoke", self.revoke_key, methods=["POST"])
        add("/admin/feeds", self.feeds)
        add("/admin/steps", self.steps)
        add("/admin/receivers", self.receivers)
        add("/admin/quarantine", self.quarantine)
        add("/admin/costs", self.costs)
        add("/admin/feedback", self.feedback)
        add("/admin/feedback", self.settle_feedback, methods=["POST"])
        add("/admin/requests", self.requests)
        add("/admin/audit", self.audit)
        add("/admin/audit.csv", self.audit_csv)

    def _show(self, request: Request, part: str, template: str, **values: Any) -> HTMLResponse:
        me = require(request, Role.ADMIN)
        parts = [p for p in _PARTS if p[0] != "/tenants" or me.tenant_id == MAIN]
        return self._pages.show(request, template, place="Admin", part=part, parts=parts, **values)

    def health(self, request: Request) -> Response:
        """Show how this desk is."""
        desk = self._desk
        status = status_document(desk)
        age = status["oldest_waits_s"]
        lines: list[tuple[str, str]] = [
            ("Version", __version__),
            ("Articles that wait to be read", f"{status['waiting']:,}"),
            ("The oldest of them waits", "–" if age is None else f"{age:,.0f} s"),
            ("Articles in quarantine", f"{status['quarantined']:,}"),
            (
                "Feeds that fail",
                ", ".join(f["name"] for f in status["feeds"] if f["failures"])
                or f"none of {len(status['feeds'])}",
            ),
            (
                "Who signs in",
                "people, by accounts" if self._pages.signs_in else "nobody: single user on this machine",
            ),
            ("Newest outbox row", str(desk.store.last_outbox_id())),
            ("Open live pages", str(desk.hub.subscribers)),
            ("Issuers known", f"{len(desk.universe):,}"),
            ("Playbooks", str(len(desk.playbooks.by_id))),
            ("Playbooks left out as broken", str(len(desk.playbooks.faults))),
            ("Encoder", desk.settings.encoder.model),
            ("Writer", desk.settings.writing.writer),
            ("Portfolios", str(len(desk.store.portfolio_names()))),
            ("Rules", str(len(desk.store.rules()))),
            (
                "Lines of the audit log",
                f"{self._accounts().store.audit_size(require(request, Role.ADMIN).tenant_id):,}",
            ),
        ]
        return self._show(request, "", "admin_lines.html", title="Health", lines=lines)

    def people(self, request: Request) -> Response:
        """List people."""
        return self._people(request)

    def _people(self, request: Request, *, fault: str = "", given: str = "") -> HTMLResponse:
        me, store = require(request, Role.ADMIN), self._accounts().store
        return self._show(
            request,
            "/people",
            "admin_people.html",
            people=store.people(me.tenant_id),
            groups=store.groups(me.tenant_id),
            roles=[role.value for role in Role],
            fault=fault,
            given=given,
        )

    def add_person(self, request: Request, form: Posted) -> Response:
        """Add someone, and show the password they begin with."""
        me = require(request, Role.ADMIN)
        try:
            _, given = self._accounts().add_person(
                me.tenant_id,
                login=form.text("login"),
                name=form.text("name", 100),
                role=_role(form.text("role")),
                groups=tuple(form.texts("group")),
            )
        except AccountError as fault:
            return self._people(request, fault=str(fault))
        return self._people(request, given=f"{form.text('login')} begins with the password {given}")

    def change_person(self, request: Request, form: Posted) -> Response:
        """Change a role or groups, or close or open an account."""
        try:
            self._accounts().change_person(
                require(request, Role.ADMIN),
                form.text("person", 60),
                role=_role(form.text("role")),
                groups=tuple(form.texts("group")),
                closed=form.text("closed") == "yes",
            )
        except AccountError as fault:
            return self._people(request, fault=str(fault))
        return self._pages.go("/admin/people")

    def reset_person(self, request: Request, form: Posted) -> Response:
        """Give someone another password to begin with."""
        try:
            given = self._accounts().reset_password(require(request, Role.ADMIN), form.text("person", 60))
        except AccountError as fault:
            return self._people(request, fault=str(fault))
        return self._people(request, given=f"The password to begin with is {given}")

    def walls(self, request: Request) -> Response:
        """List groups and information barriers."""
        me, store = require(request, Role.ADMIN), self._accounts().store
        return self._show(
            request,
            "/walls",
            "admin_walls.html",
            groups=store.groups(me.tenant_id),
            walls=store.walls(me.tenant_id),
            portfolios=self._desk.store.portfolio_names(),
        )

    def add_group(self, request: Request, form: Posted) -> Response:
        """Add a group."""
        me, name = require(request, Role.ADMIN), form.text("name", 60)
        id = "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())
        if not id:
            raise HTTPException(422, "A group needs a name.")
        self._accounts().store.save_group(me.tenant_id, Group(id=id, name=name))
        return self._pages.go("/admin/walls")

    def add_wall(self, request: Request, form: Posted) -> Response:
        """Put up a barrier."""
        me, wall = require(request, Role.ADMIN), _wall(form)
        if wall.group_id not in {g.id for g in self._accounts().store.groups(me.tenant_id)}:
            raise HTTPException(422, "There is no such group.")
        self._accounts().store.save_wall(me.tenant_id, wall)
        return self._pages.go("/admin/walls")

    def delete_wall(self, request: Request, form: Posted) -> Response:
        """Take a barrier down."""
        self._accounts().store.delete_wall(require(request, Role.ADMIN).tenant_id, _wall(form))
        return self._pages.go("/admin/walls")

    def tenants(self, request: Request) -> Response:
        """List institutions."""
        return self._tenants(request)

    def _tenants(self, request: Request, *, fault: str = "", given: str = "") -> HTMLResponse:
        self._require_main(request)
        tenants = self._accounts().store.tenants()
        return self._show(
            request, "/tenants", "admin_tenants.html", tenants=tenants, fault=fault, given=given
        )

    def add_tenant(self, request: Request, form: Posted) -> Response:
        """Add an institution with its first admin."""
        self._require_main(request)
        accounts = self._accounts()
        try:
            if any(t.id == form.text("id", 40) for t in accounts.store.tenants()) or form.text("id") == MAIN:
                raise AccountError("That id is taken.")
            tenant = accounts.add_tenant(form.text("id", 40), form.text("name", 100))
            _, given = accounts.add_person(tenant.id, login=form.text("login"), name="", role=Role.ADMIN)
        except AccountError as fault:
            return self._tenants(request, fault=str(fault))
        return self._tenants(request, given=f"{form.text('login')} begins with the password {given}")

    def _require_main(self, request: Request) -> None:
        if require(request, Role.ADMIN).tenant_id != MAIN:
            raise HTTPException(404, "There is no such page.")

    def keys(self, request: Request) -> Response:
        """List API keys."""
        me, store = require(request, Role.ADMIN), self._accounts().store
        names = {p.id: p.login for p in store.people(me.tenant_id)}
        return self._show(request, "/keys", "admin_keys.html", keys=store.keys(me.tenant_id), names=names)

    def revoke_key(self, request: Request, form: Posted) -> Response:
        """End a key of this tenant."""
        me = require(request, Role.ADMIN)
        if not self._accounts().store.revoke_key(me.tenant_id, form.text("key", 60)):
            raise HTTPException(404, "There is no such key.")
        return self._pages.go("/admin/keys")

    def feeds(self, request: Request) -> Response:
        """Show the feeds and how they are."""
        return self._show(request, "/feeds", "admin_table.html", **feeds_of(self._desk))

    def steps(self, request: Request) -> Response:
        """Show what waits and what each step takes."""
        return self._show(request, "/steps", "admin_table.html", **steps_of(self._desk))

    def receivers(self, request: Request) -> Response:
        """Show the receivers that the settings name; their secrets stay there."""
        kinds = {name: part.kind for name, part in self._desk.settings.receivers.items()}
        try:
            names = sorted(self._desk.receivers)
        except ReadthroughError as error:
            return self._show(
                request, "/receivers", "admin_lines.html", title="Receivers", lines=[("Broken", str(error))]
            )
        lines = [(name, kinds.get(name, "page")) for name in names]
        return self._show(request, "/receivers", "admin_lines.html", title="Receivers", lines=lines)

    def quarantine(self, request: Request) -> Response:
        """Show articles that could not be read."""
        return self._show(request, "/quarantine", "admin_table.html", **quarantine_of(self._desk))

    def costs(self, request: Request) -> Response:
        """Show what language models cost."""
        now = self._desk.clock()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        rows = []
        for name, since in (
            ("today", midnight),
            ("7 days", now - timedelta(days=7)),
            ("30 days", now - timedelta(days=30)),
        ):
            spent = self._desk.store.spending(since=since)
            rows.append(
                [name, f"{spent.notes:,}", f"{spent.requests:,}", f"{spent.input_tokens:,}", f"{spent.output_tokens:,}",
                 f"{spent.cost_usd:.4f}"]
            )  # fmt: skip
        part = self._desk.settings.language_model
        note = f"At most {part.usd_per_day:f} USD a day; the model is {part.model or 'not set'}."
        head = ["Time", "Notes", "Requests", "Tokens in", "Tokens out", "USD"]
        return self._show(
            request,
            "/costs",
            "admin_table.html",
            title="Costs of language models",
            head=head,
            rows=rows,
            note=note,
        )

    def feedback(self, request: Request) -> Response:
        """Show what readers say is wrong: the queue that evaluations are made from."""
        store = self._accounts().store
        names = {p.id: p.login for p in store.people(require(request, Role.ADMIN).tenant_id)}
        queue = screen_of(self._desk).feedback()
        return self._show(request, "/feedback", "admin_feedback.html", queue=queue, names=names)

    def settle_feedback(self, request: Request, form: Posted) -> Response:
        """Take an item into the evaluations, or refuse it."""
        require(request, Role.ADMIN)
        id, state = form.text("id", 18), form.text("state", 10)
        if not (id.isascii() and id.isdigit()) or state not in ("taken", "refused"):
            raise HTTPException(422, "An item of the queue is taken or refused.")
        screen_of(self._desk).settle_feedback(int(id), state)
        return self._pages.go("/admin/feedback")

    def requests(self, request: Request) -> Response:
        """List requests for a demo."""
        self._require_main(request)
        found = screen_of(self._desk).requests()
        rows = [
            [
                r.at.strftime("%d %b %Y %H:%M"),
                r.name,
                r.firm,
                r.email,
                r.assets,
                r.message,
                "yes" if r.mailed else "no",
            ]
            for r in found
        ]
        head = ["Time, UTC", "Name", "Firm", "E-mail", "Assets", "Message", "Sent on"]
        return self._show(
            request,
            "/requests",
            "admin_table.html",
            title="Requests for a demo",
            head=head,
            rows=rows,
            note="",
        )

    def audit(
        self, request: Request, before: Annotated[int | None, Query(ge=1, le=2**62)] = None
    ) -> Response:
        """Show the audit log."""
        me, store = require(request, Role.ADMIN), self._accounts().store
        entries = store.audit(me.tenant_id, limit=AUDIT_A_PAGE, before=before)
        names = {p.id: p.login for p in store.people(me.tenant_id)}
        older = entries[-1].id if len(entries) == AUDIT_A_PAGE else None
        return self._show(request, "/audit", "admin_audit.html", entries=entries, names=names, older=older)

    def audit_csv(self, request: Request) -> Response:
        """Export the whole audit log as CSV."""
        me, store = require(request, Role.ADMIN), self._accounts().store

        def lines() -> Iterator[str]:
            yield "id,at,person,action,subject,outcome,address\r\n"
            before: int | None = None
            while entries := store.audit(me.tenant_id, limit=1_000, before=before):
                for entry in entries:
                    yield ",".join(_cell(v) for v in _row(entry)) + "\r\n"
                before = entries[-1].id

        headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
        return StreamingResponse(lines(), media_type="text/csv; charset=utf-8", headers=headers)


def _row(entry: AuditEntry) -> tuple[str, ...]:
    return (
        str(entry.id),
        entry.at.isoformat(),
        entry.person_id,
        entry.action,
        entry.subject,
        entry.outcome,
        entry.address,
    )


def _cell(text: str) -> str:
    text = "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\r\n') else text


def _role(text: str) -> Role:
    if text not in {role.value for role in Role}:
        raise HTTPException(422, "There is no such role.")
    return Role(text)


def _wall(form: Posted) -> Wall:
    kind, name = form.text("kind", 20), form.text("name", 200)
    if kind not in ("portfolio", "source") or not name:
        raise HTTPException(422, "A wall stands before a portfolio or a source.")
    return Wall(kind=kind, name=name, group_id=form.text("group", 60))
