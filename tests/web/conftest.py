"""Browser and Node packages for the tests of the page: fetched in CI, elsewhere a skip that names what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def present(what: str, there: bool, install: list[list[str]]) -> None:
    """Installs ``what`` in CI (failing when that fails); elsewhere skips with one line."""
    if there:
        return
    if not os.environ.get("CI"):
        pytest.skip(f"{what} is missing: {' && '.join(' '.join(command) for command in install)}")
    for command in install:
        subprocess.run(command, cwd=HERE, check=True)


@pytest.fixture(scope="session")
def node() -> str:
    """Path of Node, with Chromium and the packages of ``package.json`` in place."""
    apt = ["apt-get", "install", "-y", "--no-install-recommends"]
    update = ["apt-get", "update"]
    chromium = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    present("Debian package chromium", chromium.exists(), [update, [*apt, "chromium"]])
    present("Debian package nodejs", shutil.which("node") is not None, [update, [*apt, "nodejs", "npm"]])
    packages = HERE / "node_modules" / "playwright-core"
    present("npm package playwright-core", packages.exists(), [["npm", "ci", "--prefix", str(HERE)]])
    found = shutil.which("node")
    assert found is not None
    return found
