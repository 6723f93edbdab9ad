"""Every variable the program reads is described."""

import re

from tests.run.installation import CHECKOUT

READS = re.compile(r"(?:env|environ)(?:\.get\(|\[)\s*\"([A-Z_]+)\"")
# Set by other programs and only read here.
FOREIGN = {"PATH", "XDG_RUNTIME_DIR", "DJANGO_SETTINGS_MODULE"}


def variables_read():
    paths = [*CHECKOUT.glob("factcheck/**/*.py"), *CHECKOUT.glob("annotations/**/*.py")]
    return {name for path in paths for name in READS.findall(path.read_text())} - FOREIGN


def test_every_environment_variable_is_documented():
    described = set(re.findall(r"`([A-Z_]+)`", (CHECKOUT / "docs/deploy.md").read_text()))
    assert {"PORT", "SITE_URL", "DATABASE_URL"} <= variables_read()
    assert variables_read() - described == set()
