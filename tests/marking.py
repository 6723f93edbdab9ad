"""An article to mark, and the forms the workbench sends, for tests of pages."""

from annotations.articles.services import article_create
from annotations.claims.hops import HopInput
from annotations.claims.services import claim_create
from annotations.models import ArticleVersion, Claim

TEXT = (
    "Death tolls differ\n\n"
    "The emergency service said more than 2,000 civilians were killed. "
    "CNN reported that the service removed the post. 👨‍👩‍👧 A family fled.\n\n"
    "“We have lost count,” a spokesman said on Wednesday.\n"
)
WORDS = "more than 2,000 civilians were killed"


def make_version(actor, project, text: str = TEXT, **fields) -> ArticleVersion:
    """The first version of a new article."""
    fields.setdefault("title", "Death tolls differ")
    article = article_create(actor=actor, project=project, text=text, copy_ok=True, **fields)
    return article.versions.get()


def place(words: str, text: str = TEXT) -> tuple[int, int]:
    """Where the words stand, in code points."""
    start = text.index(words)
    return start, start + len(words)


def make_claim(actor, version, words: str = WORDS, text: str = "", **fields) -> Claim:
    """A claim of words of TEXT."""
    fields.setdefault("hops", [HopInput(source_name="State Emergency Service")])
    return claim_create(
        actor=actor,
        project=version.project,
        text=text or f"It is claimed: {words}",
        version=version,
        ranges=[place(words, version.text)],
        **fields,
    )


def hop_fields(*hops: dict[str, str]) -> dict[str, str]:
    """The chain's part of a form: `{"source_name": "CNN"}`, one for each hop."""
    fields = {"hops-TOTAL_FORMS": str(len(hops)), "hops-INITIAL_FORMS": "0"}
    for n, hop in enumerate(hops):
        given = {"quote_type": "indirect", "ORDER": str(n + 1), **hop}
        fields |= {f"hops-{n}-{name}": value for name, value in given.items()}
    return fields


def claim_fields(version, *words: str, **fields) -> dict[str, object]:
    """What the form of a new claim sends."""
    ranges = [place(one, version.text) for one in words or (WORDS,)]
    has_chain = "hops-TOTAL_FORMS" in fields
    return {
        "key": "0f1d5f8e-5b1a-4a6e-9d53-0a6d6a1d2c11",
        "content_hash": version.content_hash,
        "range": [f"{start}-{end}" for start, end in ranges],
        "text": "More than 2,000 civilians were killed.",
        **(hop_fields({"source_name": "State Emergency Service"}) if not has_chain else {}),
        **fields,
    }
