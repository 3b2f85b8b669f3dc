"""A firm's own playbooks: read block by block, so that one broken playbook costs no other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from readthrough.domain.errors import UniverseError
from readthrough.domain.fault import FileFault
from readthrough.domain.lazy import lazily
from readthrough.writing.lint import lint
from readthrough.writing.playbook import KnownWords, Lens, Playbook, lens_of, playbook_of

__all__ = ["OwnPlaybooks", "read_own"]

_HEAD: Final = lazily(r"\[\[(playbook|lens)\]\]\s*(?:#.*)?$")
_CONSEQUENCE: Final = lazily(r"^\[playbook\.(?!when\])|^\[\[playbook\.", re.MULTILINE)
_AT: Final = lazily(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_LARGEST: Final = 4_000_000  # bytes of a file of playbooks


@dataclass(slots=True, kw_only=True)
class OwnPlaybooks:
    """What a folder holds. `off` names playbooks of ours that the firm has switched off."""

    playbooks: dict[str, Playbook] = field(default_factory=dict)
    lenses: dict[str, Lens] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    found: list[FileFault] = field(default_factory=list)

    @property
    def faults(self) -> tuple[FileFault, ...]:
        """What was left out; doubts are not."""
        return tuple(fault for fault in self.found if not fault.doubt)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    kind: str  # playbook, lens, or empty before the first
    file: str
    line: int  # of its first line, from 1
    text: str

    def at(self, near: str) -> int:
        """The line in which words stand, a key rather than a value; the block's first where they do not."""
        lines = self.text.splitlines()
        for wanted in (lambda s: s.lstrip("[ ").startswith(near), lambda s: near in s):
            for number, line in enumerate(lines):
                if near and wanted(line):
                    return self.line + number
        return self.line


def read_own(folder: Path, known: KnownWords) -> OwnPlaybooks:
    """Read every TOML file of a folder.

    Args:
        folder: Where they lie.
        known: What playbooks may refer to.

    Returns:
        What can be used, and what cannot with file, line and remedy. A missing folder is such a fault.
    """
    own = OwnPlaybooks()
    if not folder.is_dir():
        what = "is no folder" if folder.exists() else "does not exist"
        remedy = "Make it, or set writing.playbooks to the folder of your own playbooks."
        own.found.append(FileFault(file=str(folder), what=f"the folder of playbooks {what}", remedy=remedy))
        return own
    blocks: list[_Block] = []
    for path in sorted(folder.glob("*.toml")):
        blocks += _blocks_of(path, own)
    for block in blocks:
        if block.kind == "lens":
            _add_lens(block, own)
    lenses = own.lenses.values()
    known = replace(
        known,
        slots=known.slots | {noun for lens in lenses for noun in lens.nouns},
        lenses=known.lenses | set(own.lenses),
    )
    for block in blocks:
        if block.kind == "playbook":
            _add(block, known, own)
        elif not block.kind and (raw := _table(block, own)):
            key = next(iter(raw))
            _tell(block, own, key, f"{key!r} stands before the first playbook", "Begin with `[[playbook]]`.")
    if not blocks and not own.found:
        what, remedy = (
            "holds no playbooks",
            "Write one, as `readthrough playbook show capital.buyback --toml` prints.",
        )
        own.found.append(FileFault(file=str(folder), what=what, remedy=remedy, doubt=True))
    return own


def _blocks_of(path: Path, own: OwnPlaybooks) -> Iterator[_Block]:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError(f"larger than {_LARGEST:,} bytes")
        text = path.read_text("utf-8")
    except (OSError, ValueError) as error:
        remedy = "Save it as UTF-8 text that may be read, or move it elsewhere."
        own.found.append(FileFault(file=path.name, what=f"it cannot be read: {error}", remedy=remedy))
        return
    own.texts[path.name] = text
    kind, start, held = "", 1, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if match := _HEAD.match(line):
            if held:
                yield _Block(kind=kind, file=path.name, line=start, text="\n".join(held))
            kind, start, held = match[1], number, []
        held.append(line)
    if held:
        yield _Block(kind=kind, file=path.name, line=start, text="\n".join(held))


def _table(block: _Block, own: OwnPlaybooks) -> dict[str, Any]:
    """Parse a block; empty where it is no TOML, which is told."""
    try:
        return tomllib.loads(block.text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        match = _AT.search(message)
        line = block.line + (int(match[1]) - 1 if match and match[1] else block.text.count("\n"))
        what = f"it is no TOML: {_AT.sub('', message)}"
        remedy = "Correct that place; a text stands in double quotes, a list in [ ]."
        own.found.append(FileFault(file=block.file, line=line, what=what, remedy=remedy))
        return {}


def _add_lens(block: _Block, own: OwnPlaybooks) -> None:
    raw = _table(block, own).get("lens")
    if not raw:
        return
    try:
        lens = lens_of(raw[0], block.file)
    except (UniverseError, AttributeError, TypeError) as error:
        _tell(block, own, "", f"the lens is malformed: {error}", "Give it an id and `industries = [...]`.")
        return
    own.lenses[lens.id] = lens


def _add(block: _Block, known: KnownWords, own: OwnPlaybooks) -> None:
    table = _table(block, own).get("playbook")
    if not table:
        return
    raw: dict[str, Any] = table[0]
    playbook_id = str(raw.get("id", ""))
    if raw.get("off") is True:
        if playbook_id not in known.ids:
            _tell(
                block,
                own,
                playbook_id,
                f"{playbook_id!r} is none of ours",
                "`readthrough playbook list` shows ids.",
            )
        own.off.add(playbook_id)
        return
    found = list(lint(raw, known))
    for finding in found:
        line = block.at(finding.near)
        what = f"{playbook_id or 'a playbook'}: {finding.what}"
        own.found.append(
            FileFault(file=block.file, line=line, what=what, remedy=finding.remedy, doubt=finding.doubt)
        )
    if any(not finding.doubt for finding in found):
        return
    if playbook_id in own.playbooks:
        first = own.playbooks[playbook_id]
        what = f"{playbook_id} stands in {first.file}:{first.line} too"
        _tell(block, own, "id", what, "Rename one of the two.")
        return
    match = _CONSEQUENCE.search(block.text)
    cut = match.start() if match else len(block.text)
    try:
        head = tomllib.loads(block.text[:cut])["playbook"][0]
        own.playbooks[playbook_id] = playbook_of(head, block.text[cut:], block.file, block.line)
        _ = own.playbooks[playbook_id].claims, own.playbooks[playbook_id].decisions
    except (UniverseError, tomllib.TOMLDecodeError) as error:
        own.playbooks.pop(playbook_id, None)
        remedy = "Keep id, why, weight and `[playbook.when]` above the claims."
        _tell(block, own, playbook_id, f"{playbook_id}: {error}", remedy)


def _tell(block: _Block, own: OwnPlaybooks, near: str, what: str, remedy: str) -> None:
    own.found.append(FileFault(file=block.file, line=block.at(near), what=what, remedy=remedy))
