"""Turns values into HTML. Everything printed is escaped, and characters that deceive the eye are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from readthrough.web import formats
from readthrough.web.assets import assets_digest

__all__ = ["Renderer"]


_SO_FAR: Final = Markup("<!--so far-->")  # hostile text is escaped and cannot hold it


class Renderer:
    """The templates, ready to print. `prefix` is the public path the site lives under."""

    def __init__(self, *, prefix: str = "") -> None:
        """Load the templates' environment."""
        self.environment = Environment(
            loader=PackageLoader("readthrough.web"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,  # or every row of a feed asks the disk whether its template changed
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_finalize,
        )
        self.environment.filters.update({name: getattr(formats, name) for name in formats.__all__})
        self.environment.globals.update(prefix=prefix, static=f"{prefix}/static/{assets_digest()}")

    def page(self, template: str, *, now: datetime, **values: object) -> str:
        """Print a page or a part of one."""
        return self.environment.get_template(template).render(now=now, so_far="", **values)

    def parts(self, template: str, *, now: datetime, **values: object) -> Iterator[str]:
        """Print a page part by part: each reaches to the next place where the template prints `so_far`."""
        kept: list[str] = []
        for piece in self.environment.get_template(template).generate(now=now, so_far=_SO_FAR, **values):
            kept.append(piece)
            if _SO_FAR in piece:
                yield "".join(kept).replace(_SO_FAR, "")
                kept.clear()
        yield "".join(kept)


def _finalize(value: object) -> object:
    if value is None:
        return ""
    return formats.plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
