"""Who opens rounds and brings them together, and who hands in."""

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.articles.models import Article
from annotations.claims.rounds import MarkingRound, RoundState
from annotations.lib.errors import Refused
from annotations.projects import permissions
from annotations.projects.marking import TAKING_PART


def check_open_round(user: User, article: Article) -> None:
    """Raise Refused unless the person may give the article to several people to mark."""
    permissions.check(user, article.project, Permission.MODERATE)


def check_manage_round(user: User, found: MarkingRound) -> None:
    """Raise Refused unless the person may change who takes part, or call the round off."""
    permissions.check(user, found.project, Permission.MODERATE)


def check_merge_round(user: User, found: MarkingRound) -> None:
    """Raise Refused unless the person may bring the round together; not before all are in."""
    permissions.check(user, found.project, Permission.MODERATE)
    if found.state == RoundState.OPEN:
        raise Refused(_("Not everybody has handed in. Then it is brought together."))


def check_mark_in_round(user: User, found: MarkingRound) -> None:
    """Raise Refused unless the person takes part: to hand in, or to take that back."""
    permissions.check(user, found.project, Permission.ANNOTATE)
    if not found.assignments.filter(assignee=user, state__in=TAKING_PART).exists():
        raise Refused(_("Only who takes part in this round may do that."))
