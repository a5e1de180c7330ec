"""The order of the rooms: the law knows nothing of Rasa, the actions nothing of the server that runs them."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# A room may import what is named here, and nothing else of the project or of Rasa.
ALLOWED = {
    "wegwijzer": {"wegwijzer"},
    "actions": {"actions", "wegwijzer", "rasa_sdk"},
    "assistant": {"assistant", "actions", "wegwijzer", "rasa_sdk", "rasa"},
}
# The guard checks what goes back to Rasa against Rasa's own schema of events.
EXCEPTIONS = {"actions/guard.py": {"rasa"}}
ROOMS = {"wegwijzer", "actions", "assistant", "rasa", "rasa_sdk", "tests", "benchmarks"}
# Heavy or served things that the law and the reading of a text must work without.
NOT_IN_THE_LAW = {"spacy", "sanic", "sqlalchemy", "sklearn", "aiohttp"}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_the_rooms_below(room):
    files = sorted((ROOT / room).rglob("*.py"))
    assert len(files) > 5
    wrong = {}
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        above = (imported(path) & ROOMS) - ALLOWED[room] - EXCEPTIONS.get(name, set())
        if above:
            wrong[name] = sorted(above)
    assert wrong == {}


def test_the_law_needs_no_server_and_no_language_model():
    wrong = {
        str(path.relative_to(ROOT)): sorted(imported(path) & NOT_IN_THE_LAW)
        for path in sorted((ROOT / "wegwijzer").rglob("*.py"))
        if imported(path) & NOT_IN_THE_LAW
    }
    assert wrong == {}
