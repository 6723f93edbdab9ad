"""Every sentence of the product that can be translated, collected with Babel, without gettext.

Python is read as it is; templates are first turned by Django itself into what looks like Python.
"""

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from factcheck.catalogues import SOURCES
from factcheck.environment import BASE_DIR

KEYWORDS: Mapping[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENTS = ["Translators:"]


def collect_messages(root: Path = BASE_DIR) -> Catalog:
    """Return the messages of the code and the templates below `root`, file by file.

    Files are named without lines, so that moving a line changes no catalogue.
    """
    found = Catalog(charset="utf-8")
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        for _line, message, comments, context in _read(path):
            # Babel joins the places and comments of a message that stands in several files.
            found.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    for message in found:
        message.locations = sorted(set(message.locations))
    return found


def _files(root: Path) -> Iterator[Path]:
    yield from sorted(root.glob("annotations/**/*.py"))
    yield from sorted(root.glob("factcheck/**/*.py"))
    templates = sorted(root.glob("templates/**/*"))
    yield from (path for path in templates if path.suffix in (".html", ".txt"))


def _read(path: Path) -> Iterator[tuple]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        code = templatize(source, origin=str(path))
        # What is no message is blanked out but keeps its indentation, which Python would refuse.
        source = "\n".join(line.lstrip() for line in code.splitlines())
    return extract("python", io.BytesIO(source.encode()), KEYWORDS, COMMENTS, {"encoding": "utf-8"})


def update_catalogue(language: str, sources: Path = SOURCES) -> tuple[int, int]:
    """Bring a language's .po up to date, or begin one; return how many are new and left out.

    Translations stay with their message, nothing is guessed, and what the product no longer says
    goes: version control remembers it.
    """
    path = catalogue_path(language, sources)
    former = read_catalogue(path.read_bytes()) if path.exists() else Catalog()
    kept = {(one.context, one.id): one for one in former if one.id}
    header = _header(language).encode()
    # Read back, so that the new catalogue knows how many plural forms the language has.
    catalogue = read_catalogue(header)
    new = 0
    for message in collect_messages():
        if not message.id:
            continue
        old = kept.pop((message.context, message.id), None)
        new += old is None
        catalogue.add(
            message.id,
            old.string if old else None,
            message.locations,
            old.flags & {"fuzzy"} if old else (),
            message.auto_comments,
            old.user_comments if old else (),
            context=message.context,
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header + _entries(catalogue))
    return new, len(kept)


def catalogue_path(language: str, sources: Path = SOURCES) -> Path:
    """Return where the catalogue of a language code such as `pt-br` is kept."""
    return sources / to_locale(language) / "LC_MESSAGES" / "django.po"


def read_catalogue(content: bytes) -> Catalog:
    """Read what a .po file holds; raises PoFileError when that is broken."""
    return read_po(io.BytesIO(content), abort_invalid=True)


def _entries(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    # A line for each sentence: wrapped ones churn whenever a word changes.
    write_po(buffer, catalogue, width=0, omit_header=True, include_lineno=False)
    return buffer.getvalue()


def _header(language: str) -> str:
    """Return the first entry: only what a reader of the file needs, nothing with a date."""
    lines = [
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Language: {to_locale(language)}",
        f"Plural-Forms: {plural_forms(language)}",
    ]
    return "\n".join(['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in lines), "\n"])


def plural_forms(language: str) -> str:
    """Return the plural rule of Django's own catalogue, so that both count alike."""
    folder = Path(django.__file__).parent / "conf" / "locale" / to_locale(language)
    text = (folder / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    joined = text.replace('"\n"', "")
    found = re.search(r"Plural-Forms: (.*?)\\n", joined)
    if not found:
        raise ValueError(f"Django has no plural rule for {language}.")
    return found[1]
