"""Mutation testing of the law's functions with cosmic-ray: each operator and number is changed; some test must notice.

    make mutants                        (half an hour or more)
    python -m tests.law.functions       (what the last run found, with the explanations of today)

What `tests.law.mutation` does for the conditions this does for the Python around them: the notions, the days, the
provisions and how a result is told. The cases of tests/law look first, then the tests of these modules. cosmic-ray
lives in an environment of its own (its SQLAlchemy is newer than Rasa's), and changes copies of the project only. A
survivor that `equivalent_functions.yml` does not explain is printed as such.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

from tests.law.mutation import EQUIVALENT, cases_and_reasons, noticed

ROOT = Path(__file__).resolve().parent.parent.parent
EXPLAINED = EQUIVALENT.with_name("equivalent_functions.yml")
LAST_RUN = ROOT / ".cache" / "mutants.json"
#: Two lists that take about as long.
MODULES = (
    ("wegwijzer/law/terms.py", "wegwijzer/law/provision.py"),
    ("wegwijzer/assessment.py", "wegwijzer/timeline.py", "wegwijzer/law/case.py"),
)
TESTS = ("test_terms.py", "test_timeline.py", "test_logic.py", "test_facts.py", "test_parameters.py")
#: Changes that change nothing: types are not looked at when the law runs; True, False and None equal only themselves.
WITHOUT = (
    "core/ReplaceBinaryOperator_BitOr_.*", "core/ReplaceBinaryOperator_BitAnd_.*", "core/ExceptionReplacer",
    "core/RemoveDecorator", "core/ReplaceComparisonOperator_Is_Eq", "core/ReplaceComparisonOperator_IsNot_NotEq",
)  # fmt: skip


def look() -> int:
    """1 when some case or test notices the law that is on disk."""
    import pytest

    if noticed(*cases_and_reasons()):
        return 1
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *(f"tests/wegwijzer/{name}" for name in TESTS)]) != 0)


def _run(cosmic_ray: str, modules: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Module, outcome and change of each mutant of some modules."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        subprocess.run(["git", "clone", "--quiet", "--shared", str(ROOT), str(copy)], check=True)
        (copy / "mutants.toml").write_text(
            f"[cosmic-ray]\nmodule-path = {json.dumps(modules)}\ntimeout = 180.0\nexcluded-modules = []\n"
            f'test-command = "{sys.executable} -m tests.law.functions --look"\n'
            '[cosmic-ray.distributor]\nname = "local"\n'
            f"[cosmic-ray.filters.operators-filter]\nexclude-operators = {json.dumps(WITHOUT)}\n"
        )
        for command in (["cosmic-ray", "init", "mutants.toml", "db"], ["cr-filter-operators", "db", "mutants.toml"],
                        ["cosmic-ray", "exec", "mutants.toml", "db"]):  # fmt: skip
            subprocess.run([f"{cosmic_ray}/{command[0]}", *command[1:]], cwd=copy, check=True, env=_environment(copy))
        dump = subprocess.run(
            [f"{cosmic_ray}/cosmic-ray", "dump", "db"], cwd=copy, check=True, capture_output=True, text=True
        )
    found = []
    for line in dump.stdout.splitlines():
        work, result = json.loads(line)
        if result is None or result["worker_outcome"] == "skipped":
            continue
        change = "\n".join(
            text for text in (result["diff"] or "").splitlines() if text[:1] in "+-" and text[:3] not in ("+++", "---")
        )
        found.append((work["mutations"][0]["module_path"], result["test_outcome"], change))
    return found


def _environment(copy: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}


def main() -> int:
    """Print the score and the survivors; 1 when one of them is not explained."""
    if "--look" in sys.argv:
        return look()
    if len(sys.argv) > 1:
        with ThreadPoolExecutor() as pool:
            found = [
                mutant for part in pool.map(lambda modules: _run(sys.argv[1], modules), MODULES) for mutant in part
            ]
        LAST_RUN.write_text(json.dumps(found, indent=0))
    mutants = json.loads(LAST_RUN.read_text())
    explained, unexplained = yaml.safe_load(EXPLAINED.read_text(encoding="utf-8")) or {}, 0
    survivors = sorted((module, change) for module, outcome, change in mutants if outcome == "survived")
    for module, change in survivors:
        mark = hashlib.sha256(f"{module}{change}".encode()).hexdigest()[:8]
        unexplained += mark not in explained
        print(f"survives {mark} {module}\n{change}\n    {explained.get(mark, 'NOT EXPLAINED')}")
    noticed_ = len(mutants) - len(survivors)
    print(f"{noticed_} of {len(mutants)} mutants noticed: {noticed_ / len(mutants):.1%}; {unexplained} not explained")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
