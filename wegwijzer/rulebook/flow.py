"""The decision of one regime as a drawing: a column of questions, an outcome beside each."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from textwrap import wrap
from typing import Any

_BOX, _STEP, _OUT, _CHARACTERS = 320, 110, 400, 40
_WIDTH = _OUT + _BOX + 10


def svg(flow: Mapping[str, Any]) -> str:
    """An SVG of a flow of words.yml: ``steps`` with ``ask`` and ``no`` (``turned``: leaves on yes), ``end``."""
    steps = flow["steps"]
    height = _STEP * (len(steps) + 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" width="{_WIDTH}" '
        f'font-family="sans-serif" font-size="14"><title>{escape(flow["title"])}</title>'
    ]
    for number, step in enumerate(steps):
        top = number * _STEP + 10
        leaves, stays = ("ja", "nee") if step.get("turned") else ("nee", "ja")
        middle = top + 35
        parts += [
            _box(10, top, step["ask"], "#eef6fb"),
            _box(_OUT, top, step["no"], "#fff"),
            f'<path d="M{_BOX + 10} {middle}H{_OUT}" stroke="#000"/>',
            f'<text x="{_BOX + 30}" y="{middle - 6}">{leaves}</text>',
            f'<path d="M170 {top + 70}V{top + _STEP}" stroke="#000"/>',
            f'<text x="180" y="{top + 95}">{stays}</text>',
        ]
    parts += [_box(10, len(steps) * _STEP + 10, flow["end"], "#fdf3d8"), "</svg>"]
    return "\n".join(parts)


def _box(left: int, top: int, words: str, fill: str) -> str:
    lines = wrap(words, _CHARACTERS)
    spans = "".join(
        f'<tspan x="{left + 12}" y="{top + 40 + (2 * at - len(lines) + 1) * 9}">{escape(line)}</tspan>'
        for at, line in enumerate(lines)
    )
    box = f'<rect x="{left}" y="{top}" width="{_BOX}" height="70" rx="6" fill="{fill}" stroke="#000"/>'
    return f"{box}<text>{spans}</text>"
