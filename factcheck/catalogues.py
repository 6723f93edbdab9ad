"""Translations for the running program: locale/*.po compiled with Babel, kept under var/.

Like collected static files they are made by `manage.py prepare` and never committed.
"""

import hashlib
import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from factcheck.environment import BASE_DIR

SOURCES = BASE_DIR / "locale"


def compile_changed_catalogues(target: Path, source: Path = SOURCES) -> list[str]:
    """Compile every catalogue of `source` that changed since; return their locale names.

    Known by content and not by time: an update may bring a file that is older than what was
    compiled before it.
    """
    changed = []
    for po in sorted(source.glob("*/LC_MESSAGES/django.po")):
        name = po.parent.parent.name
        folder = target / name / "LC_MESSAGES"
        content = po.read_bytes()
        current = hashlib.sha256(content).hexdigest()
        stamp = folder / ".compiled"
        if stamp.exists() and stamp.read_text() == current and (folder / "django.mo").exists():
            continue
        compile_catalogue(po, folder / "django.mo")
        stamp.write_text(current)
        changed.append(name)
    return changed


def compile_catalogue(po: Path, mo: Path) -> None:
    """Compile one catalogue; whoever reads the old file meanwhile keeps a whole one."""
    with po.open("rb") as file:
        # A broken catalogue must stop the start, not silently lose sentences.
        catalogue = read_po(file, abort_invalid=True)
    mo.parent.mkdir(parents=True, exist_ok=True)
    draft = mo.with_name(f".django.{os.getpid()}.mo")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(mo)
