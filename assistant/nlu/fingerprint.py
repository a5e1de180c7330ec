"""What the components of this folder are made of besides their configuration."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
#: Code and words that a message is read with, relative to the checkout.
READ_WITH = (
    "assistant/nlu",
    "wegwijzer/lexicon",
    "wegwijzer/reading",
    "wegwijzer/countries.py",
    "wegwijzer/places.py",
    "wegwijzer/data",
    # Whose partner is of the EU.
    "wegwijzer/law/parameters.yml",
)


def files(root: Path, names: Iterable[str]) -> Iterator[Path]:
    """The files that `names` (files or folders under `root`) hold; what is not there is left out."""
    for name in names:
        path = root / name
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def content_hash(root: Path, names: Iterable[str], version: str = "") -> str:
    """16 hex digits that change with `version` and with the path or the content of any of the `files`."""
    digest = hashlib.sha256(version.encode())
    for path in files(root, names):
        data = path.read_bytes()
        digest.update(f"\0{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()[:16]


@cache
def fingerprint() -> str:
    """Changes with every word and every line that messages are read with.

    Rasa looks at a component's class alone, and would take from its cache what was learnt with other words.
    """
    return content_hash(ROOT, READ_WITH)
