"""The command line of contract section 1, as another program calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wegwijzer.texts import text

ROOT = Path(__file__).parent.parent.parent


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wegwijzer", *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )


def test_facts_in_assessment_out() -> None:
    done = run("assess", "--as-of", "2026-11-23", given='{"municipality": "Gent", "nationalities": ["NL"]}')
    assert done.returncode == 0
    result = json.loads(done.stdout)
    assert (result["as_of"], result["duty"], result["exemption"]) == ("2026-11-23", False, "eu_national")


def test_a_file_and_texts(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text('{"municipality": "Namur"}', encoding="utf-8")
    done = run("assess", str(path), "--lang", "fr")
    assert done.returncode == 0
    assert json.loads(done.stdout)["reasons"][0]["text"]


def test_as_of_beside_the_facts_wins() -> None:
    given = '{"as_of": "2022-02-15", "municipality": "Gent"}'
    assert json.loads(run("assess", "--as-of", "2026-11-23", given=given).stdout)["as_of"] == "2022-02-15"
    wrapped = '{"as_of": "2022-02-15", "facts": {"municipality": "Gent"}}'
    assert json.loads(run("assess", given=wrapped).stdout)["as_of"] == "2022-02-15"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ('{"shoe_size": 44}', "shoe_size"),
        ('{"age": "old"}', "age"),
        ('{"birth_date": "2031-02-30"}', "birth_date"),
        ('{"municipality": "Aalst"}', "municipality"),
        ('{"as_of": "soon"}', "as_of"),
        ("[1]", "facts"),
        ("{", "facts"),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_2(given: str, named: str) -> None:
    done = run("assess", given=given)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"{named}: ")
    assert done.stderr.count("\n") == 1


def test_a_missing_file_is_one_clear_line() -> None:
    done = run("assess", "/nowhere/facts.json")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_lines_in_lines_out_in_order() -> None:
    lines = ['{"municipality": "Gent"}', '{"age": -1}', "nonsense", '{"municipality": "Namur"}']
    done = run("assess", "--jsonl", given="\n".join(lines) + "\n")
    assert done.returncode == 0
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert [result.get("regime") for result in results] == ["flemish", None, None, "wallonia"]
    assert results[1]["error"].startswith("age: ")
    assert results[2]["error"].startswith("facts: ")


def test_assess_imports_neither_rasa_nor_tensorflow() -> None:
    code = (
        "import sys; from wegwijzer.__main__ import main; main(['assess', '--lang', 'nl']); "
        "bad = [name for name in sys.modules if name.split('.')[0] in ('rasa', 'rasa_sdk', 'tensorflow', 'spacy')]; "
        "sys.exit(f'imported {bad}' if bad else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input='{"municipality": "Gent"}', capture_output=True, text=True, cwd=ROOT,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_an_interview_in_the_terminal_ends_in_a_verdict() -> None:
    done = run("interview", "--as-of", "2026-11-23", "--lang", "en", given="Gent\nnobody\n34\nNL\n1\n")
    assert done.returncode == 0
    assert text("en", "verdict.exempt.title") in done.stdout
    assert text("en", "say.not_understood_fact") in done.stdout  # "nobody" is no age, and nothing is lost by it
    assert "Amal" in done.stdout


def test_an_interview_that_stops_says_nothing_firm() -> None:
    done = run("interview", "--as-of", "2026-11-23", given="Gent\n")
    assert done.returncode == 1
