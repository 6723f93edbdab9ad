"""The locked requirements: complete, hashed, and the same for running and for developing."""

import re
import tomllib

import pytest

from tests.run.installation import CHECKOUT

PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file):
    return {normal(name): version for name, version in PIN.findall((CHECKOUT / file).read_text())}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_has_a_hash_and_no_address(file):
    text = (CHECKOUT / file).read_text()
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


def test_the_locked_sets_hold_what_the_project_names():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    named = {normal(re.split(r"[\[<>=~! ]", text)[0]) for text in project["dependencies"]}
    assert named - pins("requirements.txt").keys() == set()
    extra = project["optional-dependencies"]["dev"]
    named = {normal(re.split(r"[\[<>=~! ]", text)[0]) for text in extra}
    assert named - pins("requirements-dev.txt").keys() == set()


def test_development_runs_the_same_versions():
    development = pins("requirements-dev.txt")
    assert {name: development.get(name) for name in pins("requirements.txt")} == pins(
        "requirements.txt"
    )
