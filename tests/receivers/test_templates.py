"""A firm's templates: what they may say, where they may say it, and that an alert goes out whatever they say."""

from __future__ import annotations

import os
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from readthrough.receivers import email
from readthrough.receivers.template_examples import EXAMPLES
from readthrough.receivers.templates import KINDS, MEDIA, SAMPLES, Templates, check_template, kinds_of
from readthrough.receivers.words import Message, message_of

HOSTILE = (
    "</td></tr><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} {{ alert.__class__ }}"
    ' " onmouseover="alert(1) \' &lt;b&gt; javascript:alert(1) @everyone <!channel> [x](https://evil.example)'
    " https://evil.example `x` _i_ *b* ~s~ \u202egnp.exe\r\nBcc: all@example.com\x00"
)


def hostile() -> Message:
    data: dict[str, Any] = {
        "id": "alr_1",
        "headline": HOSTILE,
        "rule": {"id": "r", "name": HOSTILE},
        "severity": "flash",
        "also": [HOSTILE],
        "reason": {"words": HOSTILE, "matched": {"ticker": HOSTILE, "path": HOSTILE}},
        "note": {"id": "note_1", "summary": [{"text": HOSTILE}]},
    }
    return message_of({"type": "alert.fired", "data": data})


def saved(folder: Path, what: str, source: str) -> None:
    path = folder / what
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, "utf-8")


def anna(folder: Path, medium: str = "email") -> Templates:
    return Templates(folder, receiver="anna", medium=medium)


@pytest.mark.parametrize("medium", MEDIA)
def test_the_built_in_words_as_templates_are_sound(medium: str) -> None:
    for part, source in EXAMPLES[medium].items():
        assert check_template(source, file=part, medium=medium, part=part) == ()


@pytest.mark.parametrize("payload", SAMPLES)
def test_those_of_e_mail_say_what_the_built_in_words_say(tmp_path: Path, payload: dict[str, Any]) -> None:
    for kind in kinds_of():
        for part, source in EXAMPLES["email"].items():
            saved(tmp_path, f"_email/{kind}.{part}", source)
    message = message_of(payload)
    filled = anna(tmp_path).filled(message)
    assert filled.remark == ""
    assert filled.parts["subject"] == f"[{message.severity.upper()}] {message.subject}"
    assert filled.parts["txt"].strip() == email._text(message).strip()
    assert words(filled.parts["html"]) == words(email._html(message))


def words(html: str) -> list[str]:
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            found.extend(data.split())

    Reader().feed(html)
    return found


def test_a_receivers_own_go_before_those_of_its_kind_and_a_kinds_own_before_what_it_falls_back_to(
    tmp_path: Path,
) -> None:
    saved(tmp_path, "_email/new.txt", "all: {{ subject }}")
    saved(tmp_path, "_email/escalation.txt", "all escalations")
    saved(tmp_path, "_email/correction.txt", "put right")
    anyone, own = Templates(tmp_path, receiver="ben", medium="email"), anna(tmp_path)
    saved(tmp_path, "anna/new.txt", "anna: {{ subject }}")

    def said(templates: Templates, type: str) -> str:
        return templates.filled(message_of({**SAMPLES[0], "type": type})).parts.get("txt", "")

    assert said(anyone, "alert.fired").startswith("all: Sample Corp")
    assert said(own, "alert.fired").startswith("anna: Sample Corp")
    assert said(anyone, "alert.escalated") == "all escalations"
    assert said(own, "alert.escalated").startswith("anna: Not acknowledged: Sample")
    assert said(own, "alert.withdrawn") == said(own, "alert.corrected") == "put right"
    assert said(own, "alert.updated") == said(own, "alert.digest") == ""
    assert set(KINDS) >= {"alert.fired", "alert.updated", "alert.corrected", "alert.digest"}


def test_hostile_news_is_inert_in_html(tmp_path: Path) -> None:
    source = (
        '<p title="{{ alert.headline }}">{{ alert.headline }} {{ alert.why }}</p>'
        "{% for s in alert.summary %}<li>{{ s|upper }}</li>{% endfor %}{{ alert.also|join }}{{ alert.rule ~ 'x' }}"
        '<a href="https://desk.example.com/notes/{{ alert.note_id|urlencode }}">Open</a>'
    )
    saved(tmp_path, "anna/new.html", source)
    filled = anna(tmp_path).filled(hostile())
    assert filled.remark == ""
    seen: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append((tag, dict(attrs)))

    Reader().feed(filled.parts["html"])
    assert [tag for tag, _ in seen] == ["p", "li", "a"]
    assert set(seen[0][1]) == {"title"}
    assert seen[2][1] == {"href": "https://desk.example.com/notes/note%5F1"}
    assert "49" not in filled.parts["html"]
    assert "\u202e" not in filled.parts["html"]


def test_hostile_news_is_inert_in_text_subject_and_chat(tmp_path: Path) -> None:
    saved(tmp_path, "anna/new.subject", "{{ alert.headline }}\nBcc: {{ alert.rule }}")
    saved(tmp_path, "anna/new.txt", "{{ alert.headline }}|{{ alert.why }}")
    text = anna(tmp_path).filled(hostile()).parts["txt"]
    assert "\n" not in text
    assert "{{ 7*7 }}" in text  # news is never a template
    saved(
        tmp_path,
        "anna/new.md",
        "**{{ alert.headline }}** {{ alert.also|join }} & [open](https://desk.example.com/)",
    )
    saved(tmp_path, "anna/new.title", "{{ alert.headline }}")
    filled = anna(tmp_path, "chat").filled(hostile())
    for part in filled.parts.values():
        own = part.replace("[open](https://desk.example.com/)", "")
        for trap in (
            "@everyone",
            "<!",
            "](http",
            "https://evil",
            "`x`",
            "_i_",
            "*b*",
            "~s~",
            "&lt;",
            "<script",
        ):
            assert trap not in own, trap
    assert "[open](https://desk.example.com/)" in filled.parts["md"]


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("fine\n{{ alert.headline", 2, "unexpected end of template"),
        ("a\nb\n{{ headlin }}", 3, "no value 'headlin'"),
        ("\n{{ alert.headlin }}", 2, "no attribute 'headlin'"),
        ("{% if x is defined %}{{ alert.__class__ }}{% endif %}", 1, "hidden"),
        ("{{ alert.headline|safe }}", 1, "No filter named 'safe'"),
        ("\n\n{{ alert.headline.upper() }}", 3, "call is not part"),
        ("{{ alert.headline.upper }}", 1, "no text"),
        ("{{ alerts }}", 1, "no text"),
        ("{% set x = 'a' %}{{ x }}", 1, "assign is not part"),
        ("{{ 'a' * 1000000000 }}", 1, "mul is not part"),
        ("{% include '/etc/passwd' %}", 1, "include is not part"),
        ("{% import 'x' as x %}", 1, "import is not part"),
        ("{% macro m() %}{% endmacro %}", 1, "macro is not part"),
        ("{% autoescape false %}{{ subject }}{% endautoescape %}", 1, "not part"),
        ("{% for a in alerts recursive %}x{% endfor %}", 1, "for is not part"),
        ("{% for a in alerts %}{% for b in alerts %}{% for c in alerts %}\n{% for d in alerts %}x"
         "{% endfor %}{% endfor %}{% endfor %}{% endfor %}", 2, "more than 3 loops"),
        ("{% if severity == 'never' %}x{% endif %}", 0, "says nothing"),
        ("x" * 64_001, 0, "longer than"),
        ("{{ alert.summary|join('-' * 2) }}", 1, "mul is not part"),
        ("{{ (alert.summary|join('- + - + - + - + - + - + - +')) }}", 1, "at most 20"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(source: str, line: int, what: str) -> None:
    [fault] = check_template(source, file="new.txt", medium="email", part="txt")
    assert what in fault.what
    assert fault.line == line
    assert fault.remedy


@pytest.mark.parametrize(
    "source",
    [
        "<p title={{ subject }}>x</p>",
        "<p title=a{{ subject }}>x</p>",
        "<p {{ subject }}>x</p>",
        "<{{ severity }}>x",
        '<a href="{{ subject }}">x</a>',
        '<a href="https://{{ subject }}/x">x</a>',
        '<a href="https:{{ subject }}">x</a>',
        '<img src="https://example.com/{{ subject }}">',
        "<p onclick=\"f('{{ subject }}')\">x</p>",
        '<p style="color:{{ subject }}">x</p>',
        "<style>p { color: {{ subject }} }</style>",
        "<script>let x = '{{ subject }}'</script>",
        "<script>1</script>{{ subject }}",
        "<!-- {{ subject }} -->x",
        "{{ subject }}<p title='x",
        "{% if severity == 'never' %}<p title={{ subject }}>{% endif %}x",
        "</{{ severity }}>x",
    ],
)
def test_a_value_is_printed_only_where_it_can_only_be_read(source: str) -> None:
    [fault, *_] = check_template(source, file="new.html", medium="email", part="html")
    assert "new.html" in str(fault)
    assert (
        check_template("<b>\n\n<p title={{ subject }}>x", file="n", medium="email", part="html")[0].line == 3
    )


def test_a_template_that_fails_leaves_the_built_in_words_and_says_why(tmp_path: Path) -> None:
    templates = anna(tmp_path)
    message = hostile()
    assert templates.filled(message).parts == {}
    saved(tmp_path, "anna/new.txt", "well: {{ subject }}")
    assert templates.filled(message).parts["txt"].startswith("well: ")
    saved(tmp_path, "anna/new.html", "fine\n<p title={{ subject }}>")
    filled = templates.filled(message)
    assert filled.parts == {}  # not the firm's text beside our HTML
    assert filled.remark.startswith("Sent in the built-in words: ")
    assert "new.html:2" in filled.remark
    saved(tmp_path, "anna/new.html", "{{ alert.figures[9][0] }}")
    assert "new.html:1" in templates.filled(message).remark
    saved(tmp_path, "anna/new.html", "{% for a in alerts %}" + "x" * 50_000 + "{% endfor %}")
    many = message_of({"type": "alert.fired", "data": {"alerts": [{"id": str(n)} for n in range(9)]}})
    assert "more than 200000 characters" in templates.filled(many).remark
    (tmp_path / "anna/new.html").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in templates.filled(message).remark
    os.remove(tmp_path / "anna/new.html")
    assert templates.filled(message).parts["txt"].startswith("well: ")


def test_no_folder_outside_is_read(tmp_path: Path) -> None:
    saved(tmp_path, "outside/new.txt", "outside")
    (tmp_path / "inside").mkdir()
    templates = Templates(tmp_path / "inside", receiver="../outside", medium="email")
    assert templates.filled(message_of(SAMPLES[0])).parts == {}
