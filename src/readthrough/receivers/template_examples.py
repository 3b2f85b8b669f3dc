"""The built-in words written as templates: what a firm begins its own from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["EXAMPLES"]

_SUBJECT: Final = "[{{ severity|upper }}] {{ subject }}\n"
_TEXT: Final = """\
{% for alert in alerts %}
{{ alert.headline }}
{{ alert.why }}
{% for sentence in alert.summary %}
* {{ sentence }}
{% endfor %}
{% for label, value in alert.figures %}
{{ label }}: {{ value }}
{% endfor %}
{% if alert.also %}
Also: {{ alert.also|join }}
{% endif %}
Rule: {{ alert.rule }} ({{ alert.severity }})
Alert: {{ alert.alert_id }}

{% endfor %}
{% if left_out %}
and {{ left_out }} more

{% endif %}
--\x20

Analysis, not advice. Sent by Readthrough because a rule asked for it.
"""
_HTML: Final = """\
<!doctype html>
<html><body style="font-family:sans-serif;max-width:40em">
{% for alert in alerts %}
<div style="border-left:4px solid {% if alert.severity == "flash" %}#b3261e\
{% elif alert.severity == "urgent" %}#9a5b00{% else %}#1f4e79{% endif %};padding-left:1em;margin-bottom:1.5em">
<h2 style="font-size:1.1em">{{ alert.headline }}</h2>
<p>{{ alert.why }}</p>
<ul>{% for sentence in alert.summary %}<li>{{ sentence }}</li>{% endfor %}</ul>
<table>{% for label, value in alert.figures %}<tr><td>{{ label }}</td><td><b>{{ value }}</b></td></tr>{% endfor %}</table>
{% if alert.also %}
<p>Also: {{ alert.also|join }}</p>
{% endif %}
<p style="color:#666;font-size:small">{{ alert.rule }} ({{ alert.severity }}), {{ alert.alert_id }}</p>
</div>
{% endfor %}
{% if left_out %}
<p>and {{ left_out }} more</p>
{% endif %}
<p style="color:#666;font-size:small">Analysis, not advice. Sent by Readthrough because a rule asked for it.</p>
</body></html>
"""
_TITLE: Final = "{{ severity|upper }}: {{ subject }}\n"
_MARKDOWN: Final = """\
{% for alert in alerts %}
**{{ alert.headline }}**

{{ alert.why }}

{% for sentence in alert.summary[:2] %}
- {{ sentence }}
{% endfor %}

{% if alert.also %}
Also: {{ alert.also|join }}

{% endif %}
Rule: {{ alert.rule }} · {{ alert.alert_id }}

{% endfor %}
{% if left_out %}
and {{ left_out }} more
{% endif %}
"""
EXAMPLES: Final[Mapping[str, Mapping[str, str]]] = {
    "email": {"subject": _SUBJECT, "txt": _TEXT, "html": _HTML},
    "chat": {"title": _TITLE, "md": _MARKDOWN},
}
"""By medium and part; they hold for every kind of message."""
