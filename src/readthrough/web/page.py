"""What every page shares: who asks, the frame around the page, and where a form leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias
from urllib.parse import parse_qsl

from fastapi import Depends, HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from readthrough.domain.account import OWNER, Principal, Role
from readthrough.web.render import Renderer

if TYPE_CHECKING:
    from readthrough.desk.open import Desk

__all__ = ["Form", "Pages", "Posted", "asker", "local_path", "require"]


class Form:
    """The fields of a posted form; each is asked for with the most characters that count."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        """Keep the fields; `posted` makes these."""
        self._fields = fields

    @classmethod
    async def posted(cls, request: Request) -> Form:
        """Read a form as browsers send them. Whether it was ours to send has been checked before.

        Raises:
            HTTPException: 415 when it is something else, 413 when it is longer than a form can be.
        """
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            raise HTTPException(415, "A form is sent as application/x-www-form-urlencoded.")
        body = await request.body()
        if len(body) > 1_000_000:
            raise HTTPException(413, "A form is at most 1,000,000 bytes.")
        fields: dict[str, list[str]] = {}
        try:
            pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=1_000)
        except ValueError:
            raise HTTPException(
                422, "The form cannot be read: it is UTF-8 with at most 1,000 fields."
            ) from None
        for name, value in pairs:
            fields.setdefault(name, []).append(value)
        return cls(fields)

    def text(self, name: str, most: int = 200) -> str:
        """Return a field without the space around it, empty when it was not sent."""
        return self._fields.get(name, [""])[0].strip()[:most]

    def raw(self, name: str, most: int = 1_000) -> str:
        """Return a field as it was typed: passwords may begin with a space."""
        return self._fields.get(name, [""])[0][:most]

    def texts(self, name: str, most: int = 100) -> list[str]:
        """Return every value of a field that may stand more than once."""
        return [value.strip()[:most] for value in self._fields.get(name, []) if value.strip()]


Posted: TypeAlias = Annotated[Form, Depends(Form.posted)]
"""A posted form, as an argument of a route."""


def asker(request: Request) -> Principal:
    """Return who asks; the owner of the machine where nobody signs in."""
    found = request.scope.get("principal", OWNER)
    assert isinstance(found, Principal)
    return found


def require(request: Request, role: Role) -> Principal:
    """Return who asks, if they may.

    Raises:
        HTTPException: 403 for a lesser role.
    """
    me = asker(request)
    if not me.may(role):
        raise HTTPException(403, f"This is for the role {role.value}; yours is {me.role.value}.")
    return me


def local_path(target: str, otherwise: str = "/") -> str:
    """Return a path of this site to go on to, or the other one: never another site's address.

    >>> local_path("/notes/1?x=2"), local_path("//evil.example"), local_path("https://evil.example")
    ('/notes/1?x=2', '/', '/')
    """
    fits = target.startswith("/") and not target.startswith(("//", "/\\")) and "\\" not in target
    return target if fits and target.isprintable() and len(target) < 2_000 else otherwise


class Pages:
    """Prints pages of one desk in the frame they share."""

    def __init__(
        self, desk: Desk, *, prefix: str, signs_in: bool = False, read_only: bool = False, home: str = "/"
    ) -> None:
        """Prepare the templates.

        Args:
            desk: Whose pages.
            prefix: The public path the site lives under.
            signs_in: Whether people sign in here.
            read_only: Whether this is the demonstration, where nothing can be kept.
            home: Where the demonstration's banner leads.
        """
        self.desk = desk
        self.prefix = prefix
        self.signs_in = signs_in
        self.read_only = read_only
        self.home = home
        renderer = Renderer(prefix=prefix)
        self.print, self._parts = renderer.page, renderer.parts

    def show(self, request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Print a page for whoever asks."""
        page = self.print(template, now=self.desk.clock(), **{**self._frame(request), **values})
        return HTMLResponse(page.encode("utf-8", "replace"), status)

    def stream(self, request: Request, template: str, **values: Any) -> StreamingResponse:
        """Print a page that is sent as far as it stands whenever its template says so with `{{ so_far }}`."""
        parts = self._parts(template, now=self.desk.clock(), **{**self._frame(request), **values})
        # packed, it would wait until there is enough to pack
        headers = {"Content-Encoding": "identity", "X-Accel-Buffering": "no"}
        sent = (part.encode("utf-8", "replace") for part in parts)
        return StreamingResponse(sent, media_type="text/html; charset=utf-8", headers=headers)

    def _frame(self, request: Request) -> dict[str, Any]:
        return {
            "place": "",
            "me": asker(request),
            "signs_in": self.signs_in,
            "read_only": self.read_only,
            "home": self.home,
        }

    def go(self, target: str) -> Response:
        """Lead on to another page of this site."""
        return RedirectResponse(self.prefix + target, 303)

    def back(self, request: Request, form: Form, otherwise: str = "/") -> Response:
        """Lead back to where a form stood."""
        return self.go(local_path(form.text("next", 2_000), otherwise))
