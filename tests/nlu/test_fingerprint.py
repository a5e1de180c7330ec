"""What was learnt with other words or other code is never taken for what would be learnt now."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.graph import GraphComponent

from assistant.nlu.classifier import NgramIntentClassifier
from assistant.nlu.entities import LexiconEntityExtractor
from assistant.nlu.fingerprint import READ_WITH, ROOT, content_hash, files
from assistant.nlu.language import LanguageIdentifier


def test_every_file_counts_by_its_place_and_its_content(tmp_path: Path) -> None:
    for name in ("lexicon/nl.yml", "reading/dates.py", "places.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    names = ("lexicon", "reading", "places.py", "missing")
    seen = [content_hash(tmp_path, names), content_hash(tmp_path, names, "other version")]
    for path in files(tmp_path, names):
        path.write_text("y", encoding="utf-8")
        seen.append(content_hash(tmp_path, names))
    (tmp_path / "places.py").rename(tmp_path / "lexicon" / "places.py")
    seen.append(content_hash(tmp_path, names))
    assert len(set(seen)) == len(seen) == 6
    (tmp_path / "reading" / "__pycache__").mkdir()
    (tmp_path / "reading" / "__pycache__" / "dates.pyc").write_text("z", encoding="utf-8")
    assert content_hash(tmp_path, names) == seen[-1]


@pytest.mark.parametrize("component", [LanguageIdentifier, LexiconEntityExtractor, NgramIntentClassifier])
def test_components_are_made_of_all_that_reads_a_message(component: type[GraphComponent]) -> None:
    read = set(files(ROOT, READ_WITH))
    for name in ("assistant/nlu/augment.py", "wegwijzer/lexicon/ti.yml", "wegwijzer/reading/cards.py"):
        assert ROOT / name in read
    assert component.fingerprint_addon({}) is not None
    assert content_hash(ROOT, READ_WITH) in str(component.fingerprint_addon({}))
