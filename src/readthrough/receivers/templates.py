"""A firm's own words around an alert: templates by receiver and kind, checked before they are used.

A template can only lay out what it is given: it has no calls, no assignments, no files, so it ends soon whatever it
says. Everything it prints is escaped for where it goes, and nothing switches that off. One that fails says where,
and the built-in words are sent instead: an alert is never lost for a template's fault.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from readthrough.domain.fault import FileFault
from readthrough.receivers.template_places import unsafe_places
from readthrough.receivers.words import Message, message_of, plain

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from jinja2.nodes import Node

__all__ = ["KINDS", "MEDIA", "Filled", "TemplateError", "Templates", "check_template", "kinds_of"]

MEDIA: Final[Mapping[str, Mapping[str, Callable[[str], str]]]] = {
    "email": {"subject": str, "txt": str, "html": lambda text: escape(text, quote=True)},
    "chat": {"title": lambda text: _inert(text), "md": lambda text: _inert(text)},
}
"""Kinds of receiver that take templates, the parts of a message of each, and how a value is escaped in it."""
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "alert.fired": ("new",),
    "alert.updated": ("update",),
    "alert.corrected": ("correction",),
    "alert.withdrawn": ("withdrawal", "correction"),
    "alert.escalated": ("escalation", "new"),
    "alert.reminder": ("reminder", "new"),
    "alert.digest": ("digest",),
    "alert.test": ("test", "new"),
    "brief.morning": ("brief",),
}
"""Templates that a message may be laid out by, the first that there is."""
NAMES: Final = frozenset({"kind", "subject", "severity", "alert", "alerts", "left_out", "loop"})
LONGEST_TEMPLATE: Final = 64_000
LONGEST_TEXT: Final = 200_000
_DEEPEST: Final = 3
_NODES: Final = frozenset(
    """Template Output TemplateData Name Const Getattr Getitem Slice If For Filter Test Compare Operand And Or Not
    Concat CondExpr Tuple List""".split()
)
"""What a template may be made of. No call, no assignment, no macro, no include: nothing that can grow or reach out."""
_RECEIVER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class TemplateError(Exception):
    """A template could not be used; `fault` says where and why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Parts of a message that a firm's templates made, and what to tell where they could not."""

    parts: Mapping[str, str]
    remark: str = ""


def _inert(text: str) -> str:
    """Nothing a chat acts on, no entity either: what is laid out in Markdown may become HTML on its way."""
    return plain(text).replace("&", "&\u2060")


def kinds_of() -> tuple[str, ...]:
    """Return every kind that a template may be named after."""
    return tuple(dict.fromkeys(kind for names in KINDS.values() for kind in names))


class Templates:
    """Finds, keeps and fills the templates of one receiver. A file that changed is read again when it is next used."""

    def __init__(self, folder: Path | None, *, receiver: str, medium: str) -> None:
        """Take the folder; nothing is read.

        Args:
            folder: Where templates lie, in `NAME/KIND.PART`, or `_email/` and `_chat/` for all of a kind.
            receiver: Whose.
            medium: A key of `MEDIA`.
        """
        self._medium = medium
        owned = [receiver] if _RECEIVER.fullmatch(receiver) else []
        self._folders = [] if folder is None else [folder / name for name in (*owned, f"_{medium}")]
        self._kept: dict[Path, tuple[tuple[int, int], Template | TemplateError]] = {}

    def path(self, type: str, part: str) -> Path | None:
        """Return the file that a part of a message of this type is laid out by, None where ours is used."""
        for folder in self._folders:
            for kind in KINDS.get(type, ()):
                if (path := folder / f"{kind}.{part}").is_file():
                    return path
        return None

    def filled(self, message: Message) -> Filled:
        """Lay out a message. A fault in any part leaves all of it to the built-in words, and says so."""
        if not self._folders:
            return Filled(parts={})
        try:
            return Filled(parts=dict(self._parts(message)))
        except TemplateError as error:
            return Filled(parts={}, remark=f"Sent in the built-in words: {error}")
        except Exception as error:  # whatever is wrong with a template, the alert goes out
            return Filled(parts={}, remark=f"Sent in the built-in words: {_kind(error)} in a template.")

    def _parts(self, message: Message) -> Iterator[tuple[str, str]]:
        for part in MEDIA[self._medium]:
            path = self.path(message.kind, part)
            if path is not None:
                yield part, _rendered(self._template(path, part), message, str(path))

    def _template(self, path: Path, part: str) -> Template:
        stamp = _stamp(path)
        kept = self._kept.get(path)
        if kept is None or kept[0] != stamp:
            try:
                found: Template | TemplateError = _checked(_source(path), str(path), self._medium, part)
            except TemplateError as error:
                found = error
            kept = self._kept[path] = (stamp, found)
        if isinstance(kept[1], TemplateError):
            raise kept[1]
        return kept[1]


def check_template(source: str, *, file: str, medium: str, part: str) -> tuple[FileFault, ...]:
    """Say what is wrong with a template: its language, what it names, where it prints, and how it fares on samples.

    Args:
        source: Its text.
        file: What to call it.
        medium: A key of `MEDIA`.
        part: Which part of such a message it makes.
    """
    try:
        template = _checked(source, file, medium, part)
        for payload in SAMPLES:
            _rendered(template, message_of(payload), file)
    except TemplateError as error:
        return (error.fault,)
    return ()


def _source(path: Path) -> str:
    try:
        raw = path.read_bytes()[: LONGEST_TEMPLATE + 1]
        return raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        words = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise _error(str(path), 0, f"cannot be read: {words}", "Save it as UTF-8 text.") from error


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError as error:
        raise _error(str(path), 0, f"cannot be read: {error.strerror}", "Make it readable.") from error
    return found.st_mtime_ns, found.st_size


def _checked(source: str, file: str, medium: str, part: str) -> Template:
    from jinja2 import Template, TemplateSyntaxError

    if len(source) > LONGEST_TEMPLATE:
        raise _error(file, 0, f"is longer than {LONGEST_TEMPLATE} characters", "Make it shorter.")
    environment = _environment(MEDIA[medium][part])
    try:
        tree = environment.parse(source, filename=file)
        _allowed(tree, file)
        if part == "html":
            for line, what in unsafe_places(tree):
                raise _error(
                    file, line, what, "Print values in text or in quoted attributes that are no code."
                )
        code = environment.compile(tree, name=file, filename=file)
    except TemplateSyntaxError as error:
        words = (error.message or "cannot be read").rstrip(".")
        raise _error(file, error.lineno, words, "Correct it.") from error
    except RecursionError as error:
        raise _error(file, 0, "is nested too deeply", "Make it flatter.") from error
    return Template.from_code(environment, code, {})


def _allowed(tree: Node, file: str, loops: int = 0) -> None:
    above = tree.lineno or 1
    for node in tree.iter_child_nodes():
        name = type(node).__name__
        if name not in _NODES or getattr(node, "recursive", False):
            words = f"{name.lower()} is not part of this language"
            remedy = "Use {{ value }}, if, for, and the filters that the manual names."
            raise _error(file, node.lineno or above, words, remedy)
        deeper = loops + (name == "For")
        if deeper > _DEEPEST:
            raise _error(
                file,
                node.lineno or above,
                f"has more than {_DEEPEST} loops in one another",
                "Make it flatter.",
            )
        if name == "Getattr" and str(getattr(node, "attr", "")).startswith("_"):
            raise _error(file, node.lineno or above, "names something hidden", "Name what the manual names.")
        _allowed(node, file, deeper)
    if type(tree).__name__ == "Template":
        _known(tree, file)


def _known(tree: Node, file: str) -> None:
    from jinja2 import meta
    from jinja2.nodes import Name, Template

    assert isinstance(tree, Template)
    unknown = meta.find_undeclared_variables(tree) - NAMES
    for node in tree.find_all(Name):
        if node.name in unknown:
            remedy = f"There are {', '.join(sorted(NAMES))}."
            raise _error(file, node.lineno, f"there is no value {node.name!r}", remedy)


def _environment(escaped: Callable[[str], str]) -> Environment:
    from jinja2 import StrictUndefined, Undefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def printed(value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, Undefined):
            return str(value)  # raises, naming what there is not
        if not isinstance(value, (str, int)):
            raise TypeError(f"{_kind(value)} is printed, which is no text")
        return escaped(str(value))

    environment = ImmutableSandboxedEnvironment(
        autoescape=False,  # what is printed is escaped by `printed`, for every medium alike
        finalize=printed,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.filters.update(_FILTERS)
    environment.tests = {name: environment.tests[name] for name in ("defined", "none", "odd", "even")}
    return environment


def _kind(value: object) -> str:
    return type(value).__name__


def _rendered(template: Template, message: Message, file: str) -> str:
    values = {
        "kind": message.kind.partition(".")[2] or message.kind,
        "subject": message.subject,
        "severity": message.severity,
        "alert": message.told[0],
        "alerts": message.told,
        "left_out": message.left_out,
    }
    parts: list[str] = []
    length = 0
    try:
        for piece in template.generate(values):
            length += len(piece)
            if length > LONGEST_TEXT:
                raise _error(file, 0, f"makes more than {LONGEST_TEXT} characters", "Make it say less.")
            parts.append(piece)
    except TemplateError:
        raise
    except Exception as error:
        raise _error(file, _line_of(error, file), str(error) or _kind(error), "Correct it.") from error
    text = "".join(parts)
    if not text.strip():
        raise _error(file, 0, "says nothing", "Let it say something of every alert of its kind.")
    return text


def _line_of(error: BaseException, file: str) -> int:
    at, line = error.__traceback__, 0
    while at is not None:
        if at.tb_frame.f_code.co_filename == file:
            line = at.tb_lineno
        at = at.tb_next
    return line


def _error(file: str, line: int, what: str, remedy: str) -> TemplateError:
    return TemplateError(FileFault(file=file, line=line, what=" ".join(what.split()), remedy=remedy))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a filter for text was given {_kind(value)}")
    return value


def _joined(values: Any, between: str = ", ") -> str:
    if isinstance(values, str) or len(between) > 20:
        raise TypeError("join takes a list, and at most 20 characters to put between")
    return between.join(_text(value) for value in values)


def _cut(value: Any, length: int = 80) -> str:
    text = _text(value)
    return text if len(text) <= length else text[: max(length - 1, 0)].rstrip() + "…"


def _in_address(value: Any) -> str:
    """Percent-encode all but letters and digits: the same in an address whichever medium it stands in."""
    raw = _text(value).encode("utf-8", "replace")
    return "".join(chr(b) if chr(b).isalnum() and b < 128 else f"%{b:02X}" for b in raw)


_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "upper": lambda value: _text(value).upper(),
    "lower": lambda value: _text(value).lower(),
    "capitalize": lambda value: _text(value).capitalize(),
    "join": _joined,
    "length": len,
    "truncate": _cut,
    "urlencode": _in_address,
}

_ALERT: Final[dict[str, Any]] = {
    "id": "alr_sample",
    "rule": {"id": "cuts", "name": "Guidance cut at something we hold"},
    "severity": "urgent",
    "headline": "Sample Corp cuts its outlook for the year",
    "story_id": "sto_sample",
    "also": ["Anything strong"],
    "reason": {
        "code": "matched",
        "words": "Sample Corp at -0.62, held in Core fund.",
        "matched": {"ticker": "SMPL", "score": "-0.62", "portfolio": "Core fund", "effect_bps": "-4 to -11"},
    },
    "note": {
        "id": "note_sample",
        "summary": [{"text": "Sample Corp now expects less."}, {"text": "It blames demand."}],
    },
}
_BARE: Final[dict[str, Any]] = {
    "id": "alr_bare",
    "headline": "Bare",
    "severity": "flash",
    "rule": {},
    "reason": {},
    "note": None,
}
SAMPLES: Final[tuple[dict[str, Any], ...]] = (
    {"type": "alert.fired", "data": _ALERT},
    {"type": "alert.fired", "data": _BARE},
    {"type": "alert.digest", "data": {"id": "bnd_1", "severity": "alert", "alerts": [_ALERT, _BARE]}},
)
"""What a template is tried on: a full alert, one with the least there can be, and several together."""
