"""A language is files: without those of one the others stay as they are, with those of a new one it appears everywhere.

The pseudo-language takes the code of Esperanto; its words are English ones spelt backwards.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

FOLDERS = ("actions", "assistant", "data", "locales", "wegwijzer")
NEW = "eo"
LOOK = """
import json, sys
from assistant import tensorflow_free
tensorflow_free.install()
from datetime import date
from assistant.channels.web import page_config
from assistant.nlu.entities import extractor
from assistant.nlu.language import identifier
from wegwijzer import lexicon, places
from wegwijzer.texts import languages, text
said = json.loads(sys.argv[1])
day = date(2026, 11, 26)
found = [[(e["entity"], e["value"]) for e in extractor().extract(words, lang, day)] for words, lang in said]
print(json.dumps({
    "understood": list(lexicon.languages()),
    "offered": list(languages()),
    "page": [language["code"] for language in page_config("nl")["languages"]],
    "told": [identifier().identify(words)[0] for words, _ in said],
    "facts": found,
    "asked": {lang: text(lang, "ask.age") for lang in languages()},
    "place": bool(places.find("Gent")),
}))
"""


def copied(folder: Path) -> Path:
    """The rooms that know languages, in a folder of their own."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def look(folder: Path, *said: tuple[str, str]) -> dict[str, Any]:
    """What the rooms in ``folder`` know of languages, and what they read in (text, language)."""
    run = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps(said)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return result


SAID = (
    ("ik ben Marokkaan en ik woon in Gent", "nl"),
    ("do I have to follow the course", "en"),
    ("je suis né en Tunisie", "fr"),
    ("jestem z Ukrainy, mam 34 lata", "pl"),
)


def test_without_the_files_of_a_language_the_others_stay_as_they_are(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = look(folder, *SAID)
    (folder / "wegwijzer" / "lexicon" / "so.yml").unlink()
    shutil.rmtree(folder / "locales" / "so")
    shutil.rmtree(folder / "data" / "nlu" / "so")
    after = look(folder, *SAID)
    for name in ("understood", "offered", "page"):
        assert set(before[name]) - set(after[name]) == {"so"}
    assert (after["told"], after["facts"], after["place"]) == (before["told"], before["facts"], True)
    assert after["asked"] == {lang: words for lang, words in before["asked"].items() if lang != "so"}


def backwards(words: str) -> str:
    """Every word of Latin letters backwards; placeholders and escapes stay."""
    return re.sub(r"\{\w+\}|\\.|[a-z]+", lambda match: match.group()[:: 1 if match.group()[0] in "{\\" else -1], words)


def test_a_new_language_is_its_files_and_appears_everywhere(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    lexicon = folder / "wegwijzer" / "lexicon"
    english = (lexicon / "en.yml").read_text(encoding="utf-8")
    new = re.sub(r"(?m)^  MA: .*", "  MA: [naccorom]", english)
    new = re.sub(r"(?m)^identify: \[.*", "identify: [ma, od, evah, ot, eht, esruoc, evil, wohs, naccorom]", new)
    (lexicon / f"{NEW}.yml").write_text(re.sub(r"(?m)^numbers:.*", "numbers: en", new), encoding="utf-8")
    catalogue = folder / "locales" / NEW / "LC_MESSAGES" / "wegwijzer.po"
    catalogue.parent.mkdir(parents=True)
    source = (folder / "locales" / "en" / "LC_MESSAGES" / "wegwijzer.po").read_text(encoding="utf-8")
    said = re.sub(r'(?m)^(msgstr(?:\[\d\])? ")(.+)(")$', lambda m: m[1] + backwards(m[2]) + m[3], source)
    catalogue.write_text(said.replace("Language: en", f"Language: {NEW}"), encoding="utf-8")
    shutil.copytree(folder / "data" / "nlu" / "en", folder / "data" / "nlu" / NEW)
    for path in (folder / "data" / "nlu" / NEW).glob("*.yml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text(
            "\n".join("      - " + backwards(line[8:]) if line.startswith("      - ") else line for line in lines),
            encoding="utf-8",
        )
    seen = look(folder, *SAID, ("i ma naccorom dna i evil ni tneg", NEW), ("od i evah ot wollof eht esruoc", NEW))
    assert NEW in seen["understood"]
    assert NEW in seen["offered"]
    assert NEW in seen["page"]
    assert seen["asked"][NEW] == backwards(seen["asked"]["en"])
    assert seen["told"] == ["nl", "en", "fr", "pl", NEW, NEW]
    assert ["country", "MA"] in seen["facts"][4]
