"""What people who mark a text independently may see: the blindness of rounds is decided here, once.

While a round is open, whoever takes part sees in its article what they themselves mark in it and
nothing else, whatever their role; what they mark is seen by nobody else but moderators and admins
who do not take part. Rounds, mentions and hops live in rooms above, so they are read by name.
"""

from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Exists, F, Func, OuterRef, Q, QuerySet

from annotations.accounts.roles import Permission, roles_with
from annotations.planned import Planned, Slot
from annotations.projects.models import Membership, Project

# The states of an assignment (AssignmentState) in which its person belongs to the round.
TAKING_PART = ("waiting", "in_progress", "sent_back", "handed_in")
# Article and round, of every open round that somebody takes part in.
Marking = tuple[tuple[int, int], ...]


def rounds_marked_by(user_id: Any) -> QuerySet:
    """Return the open rounds that the person takes part in."""
    return _rows("MarkingRound").filter(
        state="open", assignments__assignee=user_id, assignments__state__in=TAKING_PART
    )


def rounds_read_by(user_id: int) -> QuerySet:
    """Return the rounds whose originals the person may read, whoever made them: handed in ones as
    somebody who took part, merged ones as anybody, all as a moderator.
    """
    moderated = Membership.objects.filter(
        user_id=user_id, role__in=roles_with(Permission.SEE_ALL_REVIEWS)
    )
    took_part = _rows("Assignment").filter(assignee=user_id, state__in=TAKING_PART)
    return _rows("MarkingRound").filter(
        Q(state="merged")
        | Q(project_id__in=moderated.values("project_id"))
        | Q(state="handed_in", pk__in=took_part.filter(round__isnull=False).values("round_id"))
    )


def claims_read_by(user: Any, path: str = "") -> Q:
    """Return the condition under which a claim may be read; `path` leads to it, ending in "__".

    A path that leads nowhere passes. What holds in a project without rounds is asked first.
    """
    apart = _shared_or_read(user, path)
    return apart if marks_nowhere(user) else apart & claims_not_marked_by(user.pk or 0, path)


def claims_listed_to(user: Any, path: str = "") -> Q:
    """Return the condition under which a claim stands in lists and counts: it is in the shared set,
    or the person marks it now in an open round.
    """
    if marks_nowhere(user):
        return Q(**{f"{path}round__isnull": True})
    user_id = user.pk or 0
    return _shared_or_own(user_id, path) & claims_not_marked_by(user_id, path)


def mentions_read_by(user: Any, path: str = "") -> Q:
    """Return the condition under which a mention may be read, as `claims_read_by`."""
    apart = _shared_or_read(user, f"{path}claim__")
    return apart if marks_nowhere(user) else apart & _not_in_marked_text(user.pk or 0, path)


def mentions_listed_to(user: Any, path: str = "") -> Q:
    """Return the condition under which a mention counts in lists, as `claims_listed_to`."""
    if marks_nowhere(user):
        return Q(**{f"{path}claim__round__isnull": True})
    user_id = user.pk or 0
    return _shared_or_own(user_id, f"{path}claim__") & _not_in_marked_text(user_id, path)


def sources_named_to(user: Any) -> Q:
    """Return the condition under which a source is known to the person: not one that somebody else
    has added since they began to mark beside each other, unless the person names it too.
    """
    if marks_nowhere(user):
        return Q()
    user_id = user.pk or 0
    marked = rounds_marked_by(user_id)
    beside = _rows("Assignment").filter(round__in=marked.values("pk"), state__in=TAKING_PART)
    others = beside.exclude(assignee=user_id).filter(
        assignee=OuterRef("created_by"), round__created_at__lte=OuterRef("created_at")
    )
    named = _rows("Attribution").filter(source=OuterRef("pk"), created_by=user_id)
    beside_me: Q = Q(Exists(marked)) & Q(Exists(others)) & ~Q(Exists(named))
    return ~beside_me


def originals_beside(user_id: int) -> QuerySet:
    """Return what others have marked in the rounds that the person takes part in now."""
    rows = _rows("Claim").filter(round__in=rounds_marked_by(user_id).values("pk"))
    return rows.exclude(created_by=user_id)


def marking_of(user_id: int, project: Project) -> Marking:
    """Return which rounds of the project the person takes part in now; remembered with this very
    object, which lives for one request.
    """
    known: tuple[int, Marking] | None = getattr(project, "_known_marking", None)
    if known is not None and known[0] == user_id:
        return known[1]
    rounds = rounds_marked_by(user_id).filter(project=project.pk)
    return tuple(rounds.order_by("pk").values_list("article_id", "pk"))


def remember_marking(user: Any, project: Project, membership: Any) -> Marking:
    """Let `marking_of` and `marks_nowhere` answer without a query for these very objects, which
    live for one request; the membership was read with `marking_columns`.

    Where the project has no round at all, rounds are not asked for: nothing of one could be seen.
    """
    found: list[list[int]] = membership.marking or []
    marking: Marking = tuple((article, one) for of, article, one in found if of == project.pk)
    project._known_marking = (user.pk, marking)  # type: ignore[attr-defined]
    user._marks_nowhere = not found
    user._is_where_no_round_is = not membership.has_rounds
    return marking


def marks_nowhere(user: Any) -> bool:
    """Say whether it is known of this very object that the person takes part in no open round.

    Then no query has to ask: that nearly always holds, and the question would cost each one more
    than a row it is about.
    """
    return bool(getattr(user, "_marks_nowhere", False))


def marking_columns() -> dict[str, Any]:
    """Return what reads with a membership, to be annotated: the rounds that its person marks in, of
    whatever project, and whether its own project has any.
    """
    row: Any = Func(
        F("project_id"),
        F("article_id"),
        F("pk"),
        template="ARRAY[%(expressions)s]",
        output_field=ArrayField(BigIntegerField()),
    )
    marked = rounds_marked_by(OuterRef("user_id")).order_by("pk").values_list(row)
    rounds = _rows("MarkingRound").filter(project=OuterRef("project_id"))
    return {"marking": ArraySubquery(marked), "has_rounds": Exists(rounds)}


def _rows(name: str) -> QuerySet:
    return apps.get_model("annotations", name)._base_manager.all()


def _shared_or_read(user: Any, path: str) -> Q:
    """Keep the shared set, what the person made, and the rounds whose originals they may read."""
    shared = Q(**{f"{path}round__isnull": True})
    if getattr(user, "_is_where_no_round_is", False):
        return shared
    user_id = user.pk or 0
    read = rounds_read_by(user_id).values("pk")
    return shared | Q(**{f"{path}created_by": user_id}) | Q(**{f"{path}round__in": read})


def _shared_or_own(user_id: int, path: str) -> Q:
    return Q(**{f"{path}round__isnull": True}) | _own(user_id, path)


def _own(user_id: int, path: str) -> Q:
    """Return what the person marks in the rounds that they take part in now."""
    rounds = rounds_marked_by(user_id).values("pk")
    return Q(**{f"{path}created_by": user_id, f"{path}round__in": rounds})


def _not_in_marked_text(user_id: int, path: str) -> Q:
    """Leave out mentions in the articles that the person marks, but for their own of the round.

    That they mark any at all is asked once for all rows, and is mostly not so.
    """
    marked = rounds_marked_by(user_id)
    inside = Q(**{f"{path}article__in": marked.values("article_id")})
    return ~(Exists(marked) & inside & ~_own(user_id, f"{path}claim__"))


def claims_not_marked_by(user_id: int, path: str) -> Q:
    """Leave out claims that stand nowhere but in articles that the person marks, as above.

    That alone is the rule for who sees every round otherwise: the moderation desk.
    """
    marked = rounds_marked_by(user_id)
    texts = marked.values("article_id")
    mentions = _rows("Mention")
    elsewhere = mentions.filter(claim=OuterRef("claim")).exclude(article__in=texts)
    there = mentions.filter(~_own(user_id, "claim__"), ~Exists(elsewhere), article__in=texts)
    return ~(Exists(marked) & Q(**{f"{path}pk__in": there.values("claim_id")}))


@Planned
def membership_at(user_id: Slot, slug: Slot) -> QuerySet[Membership]:
    """Read the person's way into the project at `slug`, with what they mark there; none or one."""
    rows = Membership.objects.select_related("project").annotate(**marking_columns())
    return rows.filter(user=user_id, project__slug=slug)
