"""Who may add and change articles: the role first, then the article's own state."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission, role_allows
from annotations.articles.models import Article
from annotations.lib.errors import Refused
from annotations.projects.models import Project
from annotations.projects.permissions import check


def check_add_article(user: User, project: Project) -> None:
    """Raise Refused unless the person may add articles to the project."""
    check(user, project, Permission.ANNOTATE)


def check_edit_article(user: User, article: Article) -> None:
    """Raise Refused unless the person may change the article; moderators alone once locked."""
    role = check(user, article.project, Permission.ANNOTATE)
    if role_allows(role, Permission.MODERATE):
        return
    if article.locked_at is not None:
        raise Refused(_("This article is locked: only moderators can change it."))
    if article.hidden_at is not None:
        raise Refused(_("This article is hidden: only moderators can change it."))


def check_add_version(user: User, article: Article) -> None:
    """Raise Refused unless the person may give the article a further version."""
    check_edit_article(user, article)
