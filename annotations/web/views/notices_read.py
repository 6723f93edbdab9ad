"""Offers to record what an article says of its own correction; a person decides."""

from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from annotations.articles.models import Article, ArticleVersion
from annotations.articles.notices import NoticeKind, notices_in
from annotations.lifecycle.choices import EventType, ReasonGiven, TimeBasis
from annotations.lifecycle.noted import notices_unrecorded
from annotations.lifecycle.permissions import check_record_event
from annotations.web.access import SignedInRequest
from annotations.web.views.claims_find import may

KIND_WORDS = {
    NoticeKind.CORRECTION: gettext_lazy("a correction"),
    NoticeKind.CLARIFICATION: gettext_lazy("a clarification"),
    NoticeKind.UPDATE: gettext_lazy("an update"),
    NoticeKind.EDITORS_NOTE: gettext_lazy("an editor's note"),
}


@dataclass(frozen=True, slots=True)
class NoticeOffer:
    """A notice that is not recorded, and the way to the form that records it."""

    kind: str
    text: str
    url: str


def notice_offers(
    request: SignedInRequest, version: ArticleVersion, text: str
) -> list[NoticeOffer]:
    """Return what to offer of a version's notices to whoever may record events of its article."""
    if not may(check_record_event, request.user, version.article):
        return []
    slug, article = version.project.slug, version.article
    form = reverse("event-create-article", args=[slug, article.uid])
    return [
        NoticeOffer(
            kind=str(KIND_WORDS[one.kind]),
            text=one.text,
            # Where it stands, not its words: an address holds no 2,000 characters.
            url=f"{form}?notice_in={version.uid}&at={one.start}",
        )
        for one in notices_unrecorded(version, text)
    ]


def notice_prefilled(asked: QueryDict, article: Article) -> dict[str, object]:
    """Read what the notice of the address fills in of an event's form; nothing where it is none."""
    try:
        uid, at = UUID(asked.get("notice_in", "")), int(asked.get("at", ""))
    except ValueError:
        return {}
    version = ArticleVersion.objects.filter(article=article, uid=uid).first()
    found = notices_in(version.text) if version else ()
    notice = next((one for one in found if one.start == at), None)
    if version is None or notice is None:
        return {}
    return {
        "type": EventType.EDITED_NOTED,
        "reason_given": ReasonGiven.GIVEN,
        "reason_text": notice.text,
        "notice_url": article.url,
        "noticed": localtime(version.created_at).date().isoformat(),
        "happened": notice.date,
        "happened_basis": TimeBasis.STATED if notice.date else TimeBasis.UNKNOWN,
        "self_observed": True,
    }
