"""The chain form of a page: statements to choose from, stored hops, a guess for a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.formats import date_format

from annotations.accounts.models import User
from annotations.claims.choices import QuoteType
from annotations.claims.hops import HopInput
from annotations.claims.models import Attribution, Mention
from annotations.projects.models import Project
from annotations.projects.permissions import role_of
from annotations.projects.time_words import time_words
from annotations.projects.visibility import Sight, sight_for_role
from annotations.statements.models import Statement
from annotations.web.forms.claims_hops import HopFormSet, NewHops, StoredHops, initial_hop

# The latest ones; a statement further back is found through its own page.
STATEMENTS_OFFERED = 100
PREFIX = "hops"
# The name of the button that asks for a further hop.
MORE = "more_hops"


class Offered:
    """The statements to choose from, by uid; read once a form shows them or one was chosen."""

    def __init__(
        self, user: User, project: Project, stored: Sequence[Attribution], sight: Sight
    ) -> None:
        self._asked = (user, project, stored, sight)

    @cached_property
    def rows(self) -> Mapping[str, Statement]:
        """Read the statements; one query."""
        return _statements(*self._asked)

    def choices(self) -> list[tuple[str, str]]:
        """Name each for a form's list."""
        sight = self._asked[-1]
        return [(uid, _name(row, sight)) for uid, row in self.rows.items()]

    def get(self, uid: str) -> Statement | None:
        """Return the chosen one, if one was chosen."""
        return self.rows.get(uid) if uid else None


@dataclass
class ChainForm:
    """The formset with what it needs to become hops again."""

    formset: HopFormSet
    offered: "Offered"

    def is_valid(self) -> bool:
        """Check every hop."""
        return bool(self.formset.is_valid())

    def hops(self) -> list[HopInput]:
        """Return the hops, the original speaker first."""
        return self.formset.ordered_hops(self.offered)


def open_chain(
    user: User,
    project: Project,
    *,
    sent: QueryDict | None,
    stored: Sequence[Attribution] = (),
    proposed: Sequence[Mapping[str, object]] = (),
) -> ChainForm:
    """Build the chain's form: as sent, as stored, or with hops that hold what is `proposed`."""
    sight = sight_for_role(user, role_of(user, project))
    offered = Offered(user, project, stored, sight)
    options: dict[str, Any] = {
        "statements": offered.choices,
        "stored": {str(row.uid): row for row in stored},
        "sight": sight,
        "zone": project.time_zone,
    }
    initial = [initial_hop(row, sight) for row in stored]
    if not initial:
        initial = [dict(one) for one in proposed]
    # One hop with a proposal counts as the empty one that everybody is offered.
    factory = StoredHops if initial else NewHops
    data = with_one_more(sent) if sent and MORE in sent else sent
    formset = factory(data=data, initial=initial, prefix=PREFIX, form_kwargs=options)
    return ChainForm(formset, offered)


def with_one_more(sent: QueryDict) -> QueryDict:
    """Return what was sent with one further, empty hop: the button for people without a script."""
    data = sent.copy()
    try:
        count = int(data.get(f"{PREFIX}-TOTAL_FORMS", "0"))
    except ValueError:
        return data
    data[f"{PREFIX}-TOTAL_FORMS"] = str(count + 1)
    # A form that was sent shows what was sent, not what its fields begin with: say that as well.
    for name, empty in StoredHops.form.base_fields.items():
        if empty.initial:
            data[f"{PREFIX}-{count}-{name}"] = str(empty.initial)
    data[f"{PREFIX}-{count}-quote_type"] = QuoteType.INDIRECT
    data[f"{PREFIX}-{count}-ORDER"] = str(count + 1)
    return data


def stored_hops(mention: Mention) -> list[Attribution]:
    """Return the mention's hops with everything their forms show."""
    rows = Attribution.objects.filter(mention=mention).order_by("order")
    return list(
        rows.select_related(
            "source", "spokesperson_for", "statement__source", "cue_span", "source_span"
        ).prefetch_related("cue_span__ranges", "source_span__ranges")
    )


def _statements(
    user: User, project: Project, stored: Sequence[Attribution], sight: Sight
) -> dict[str, Statement]:
    latest = (
        Statement.objects.visible_to(user)
        .filter(project=project)
        .select_related("source")
        .defer("text")
        .order_by("-id")[:STATEMENTS_OFFERED]
    )
    rows = list(latest)
    known = {row.pk for row in rows}
    rows += [
        row.statement
        for row in stored
        if row.statement and row.statement_id not in known and sight.shows(row.statement)
    ]
    return {str(row.uid): row for row in rows}


def _name(row: Statement, sight: Sight) -> str:
    who = row.source.name if row.source and sight.shows(row.source) else ""
    when = time_words(row.said_on, row.said_zone) or date_format(
        row.created_at, "SHORT_DATE_FORMAT"
    )
    return " · ".join(part for part in (who, row.channel, when) if part)
