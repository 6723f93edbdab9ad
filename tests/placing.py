"""An article of two versions in which one mention moved, one needs review and one is gone."""

from annotations.accounts.models import User
from annotations.articles.models import Article, ArticleVersion
from annotations.articles.services import version_add
from annotations.claims.models import Claim, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.placements.placing import mentions_place
from annotations.claims.services import claim_create
from annotations.projects.models import Project
from tests.material import make_article

STAYS = "The bridge was closed on Monday."
MOVES = "The mayor said that 42 families had left."
CHANGES = "The council denied that it had been warned."
GOES = "A leaflet named twelve streets."
BETWEEN = "Buses ran as usual."
OLD = f"Bridge closed\n\n{STAYS}\n\n{MOVES}\n\n{BETWEEN}\n\n{CHANGES}\n\n{GOES}\n"
NEW = (
    f"Bridge closed\n\n{STAYS}\n\nNobody was hurt.\n\n{MOVES}\n\n{BETWEEN}\n\n"
    "The council confirmed that it had been warned.\n"
)
SENTENCES = (STAYS, MOVES, CHANGES, GOES)


def mark(actor: User, article: Article, words: str, *, number: int = 1) -> Claim:
    """Make a claim of words that stand once in a version."""
    version = article.versions.get(number=number)
    start = version.text.index(words)
    return claim_create(
        actor=actor,
        project=article.project,
        text=f"Claim: {words}",
        version=version,
        ranges=[(start, start + len(words))],
    )


def add_version(actor: User, article: Article, text: str = NEW) -> ArticleVersion:
    """Give the article a later version and place everything in it, as the worker does."""
    version, _added = version_add(actor=actor, article=article, text=text)
    mentions_place(version_uid=str(version.uid))
    return version


def make_placed(project: Project, actor: User, *, new: str = NEW) -> ArticleVersion:
    """An article with the four sentences marked, and its second version."""
    article = make_article(project, actor, text=OLD, title="Bridge closed")
    for words in SENTENCES:
        mark(actor, article, words)
    return add_version(actor, article, new)


def placement_of(words: str, version: ArticleVersion) -> MentionPlacement:
    """The placement in a version of the claim that was made of these words."""
    rows = MentionPlacement.objects.select_related("mention__claim", "version", "span", "proposed")
    return rows.get(mention__claim__text=f"Claim: {words}", version=version)


def mention_of(words: str) -> Mention:
    """The mention of the claim that was made of these words."""
    return Mention.objects.get(claim__text=f"Claim: {words}")


def words_of(span) -> list[str]:
    """The words of a span, a string for each range."""
    return list(span.ranges.order_by("n").values_list("exact", flat=True))
