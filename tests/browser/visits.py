"""Every page of the product, as browser tests go through them: who visits, and at which address."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils import timezone

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from annotations.articles.errors import PageNotGood
from annotations.articles.extraction import extract_text
from annotations.articles.models import ArticleUpload
from annotations.articles.services import version_add
from annotations.articles.uploads import found_json, problem_json
from annotations.audit.context import context
from annotations.claims.models import Claim
from annotations.exchange.models import ProofBundle
from annotations.projects.models import Membership
from annotations.web.known_at import query_of
from tests.factories import PASSWORD, make_member, make_project
from tests.long import IS_LONG
from tests.material import make_capture, make_review
from tests.matrix.asks import Ask
from tests.matrix.asks_admin import ADMIN, ALLAUTH
from tests.matrix.asks_ledger import LEDGER_PAGES
from tests.matrix.asks_moderation import MODERATION_PAGES
from tests.matrix.asks_pages import (
    ACCOUNTS,
    ARTICLES,
    CAPTURES,
    CLAIMS,
    EVIDENCE,
    PROJECTS,
    STATEMENTS,
)
from tests.matrix.asks_placements import PAGES as PLACEMENTS
from tests.matrix.asks_queue import WORK
from tests.matrix.asks_redactions import REDACTIONS
from tests.matrix.asks_rounds import PAGES as ROUNDS
from tests.matrix.asks_standards import STANDARDS
from tests.matrix.asks_talk import TALK
from tests.matrix.asks_verdicts import VERDICT_PAGES
from tests.matrix.asks_watches import WATCH_PAGES
from tests.matrix.growing import add_more
from tests.matrix.rows import Rows
from tests.matrix.scene import make_scene
from tests.matrix.states import discard, hide, lock
from tests.ruling import make_checked

Asks = Mapping[tuple[str, str], Ask]

DESK: Mapping[str, Asks] = {
    "account": {**ACCOUNTS, **ALLAUTH},
    "project": PROJECTS,
    "articles": {**ARTICLES, **CAPTURES},
    "claims": CLAIMS,
    "evidence": EVIDENCE,
    "verdicts": {**VERDICT_PAGES, **LEDGER_PAGES},
    "work": WORK,
    "statements and sources": {**STATEMENTS, **MODERATION_PAGES},
    "watches": WATCH_PAGES,
    "talk": TALK,
    "rounds": ROUNDS,
    "placements": PLACEMENTS,
    "guidelines and scales": STANDARDS,
}
# What answers a GET without a page: data, a fragment, a file, or the way to another page.
NO_PAGE = {
    "member-names",
    "notification-count",
    "source-suggest",
    "article-upload-state",
    "article-captures-state",
    "article-wacz",
    "statement-wacz",
    "statement-captures-state",
    "watch-state",
    "bundle-file",
    "capture-warc",
    "claim-blocks",
    "claim-card",
    "claim-live",
    "claim-rows",
    "draft",
    "draft-list",
    "evidence-file",
    "event-texts",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",
    "account_confirm_login_code",
    "account_email",
    "accounts/email/",
    # It leads to the index, which is visited.
    "admin:app_list",
    # The list of articles, at the project's own address.
    "article-list",
}
# Pages for who is not signed in, for who has no password, and for who has a second factor.
OUTSIDE = {"account_login", "account_reset_password", "account_reset_password_from_key"}
# Half signed in, which the test of a protected account gets to by itself.
HALFWAY = {"mfa_authenticate"}
NO_PASSWORD = {"account_set_password"}
PROTECTED = {
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
}
# The admin's pages are of a few kinds; these show each of them.
ADMIN_PAGES = {
    "admin:index",
    "admin:audit",
    "admin:annotations_claim_changelist",
    "admin:annotations_claim_change",
    "admin:annotations_claim_history",
    "admin:annotations_flag_changelist",
    "admin:annotations_lifecycleevent_change",
    "admin:annotations_redaction_add",
    "admin:annotations_redaction_change",
    "admin:annotations_redaction_confirm",
    "admin:annotations_source_change",
    "admin:annotations_user_add",
    "admin:annotations_user_change",
}
DESK_PAGES = {**ADMIN, **REDACTIONS}
ADDED_IN_ADMIN = ("user", "project", "membership", "invitation", "redaction")
EVERY_ADMIN_PAGE = {
    route
    for route, method in DESK_PAGES
    if method == "GET"
    and route.endswith(("_changelist", "_change", "_confirm", "_history", ":audit"))
} | {f"admin:annotations_{name}_add" for name in ADDED_IN_ADMIN}
GROUPS = (*DESK, "states", "admin")


@dataclass(frozen=True)
class Tour:
    """A desk with some of everything, and the person who may see all of it."""

    rows: Rows
    guide: User

    def addresses(self, group: str) -> Iterator[tuple[str, str]]:
        """Return name and address of every page of a group."""
        if group == "states":
            yield from self._states()
        elif group == "admin":
            yield from self.named(DESK_PAGES, EVERY_ADMIN_PAGE if IS_LONG else ADMIN_PAGES)
        else:
            names = {route for route, method in DESK[group] if method == "GET"}
            elsewhere = NO_PAGE | OUTSIDE | HALFWAY | NO_PASSWORD | PROTECTED
            yield from self.named(DESK[group], names - elsewhere)

    def named(self, asks: Asks, routes: Collection[str]) -> Iterator[tuple[str, str]]:
        """Return the addresses of these routes."""
        for (route, method), ask in asks.items():
            if method == "GET" and route in routes:
                yield route, ask.address(route, self.rows)

    def _states(self) -> Iterator[tuple[str, str]]:
        """Pages in a state that their plain address does not show."""
        article = f"/p/desk/articles/{self.rows.article.uid}/"
        yield "open card", f"{article}?version=1&claim=1"
        placed = f"/p/desk/articles/{self.rows.placed_article.uid}/"
        yield "a later version", placed
        yield "a claim that waits in a later version", f"{placed}?claim={self.rows.placed.number}"
        for name, upload in make_uploads(self.rows, self.guide).items():
            yield name, f"/p/desk/uploads/{upload.uid}/"
        yield "versions of a text that has a notice", f"{article}versions/"
        yield "filtered panel", f"{article}?version=1&label=refuted&discarded=1"
        yield "locked and discarded claim", "/p/desk/claims/3/"
        yield "hidden claim", "/p/desk/claims/4/"
        for name, what in (("disputed", "adjudicate"), ("agreed", "publish")):
            number = Claim.objects.get(project=self.rows.project, text=name).number
            yield f"{name} claim", f"/p/desk/claims/{number}/"
            yield f"{what} it", f"/p/desk/claims/{number}/{what}/"
        yield "publish a correction", f"/p/desk/claims/{self.rows.ruled.number}/publish/"
        yield "what a merge would change", f"/p/desk/claims/1/merge/?into={number}"
        yield "all claims", "/p/desk/claims/?state=all"
        gone = ProofBundle.objects.get(project=self.rows.project, state="gone")
        yield "a proof bundle that is not kept", f"/p/desk/bundles/{gone.uid}/"
        past = query_of(timezone.now())
        yield "claim as known before", f"/p/desk/claims/1/?{past}"
        yield "claims as known before", f"/p/desk/claims/?{past}"
        yield "found words", "/p/desk/?q=civilians&language=en"
        yield "problem with a filter", "/p/desk/?published_from=nonsense"
        yield "problem with a pair", f"/p/desk/agreement/?first={self.guide.uid}"
        yield "nobody in a period", "/p/desk/agreement/?until=2022-03-02"
        for name in ("", "claims/", "statements/", "sources/", "export/"):
            yield f"empty {name or 'articles/'}", f"/p/empty/{name}"
        for name in ("", "claims/", "statements/", "sources/"):
            yield f"nothing found in {name or 'articles/'}", f"/p/desk/{name}?q=nowhere"


def make_uploads(rows: Rows, guide: User) -> dict[str, ArticleUpload]:
    """Pages on their way to being articles; the article gets a text with a notice of correction."""
    text = "Tolls differ\n\nCorrection: The toll was 498, not 489 as first reported."
    version_add(actor=guide, article=rows.article, text=text)
    url = "https://daily.example/desk/walled"
    missing = make_capture(rows.project, guide, url=url, status=404)
    problem = problem_json(PageNotGood(missing))
    own = {"project": rows.project, "created_by": guide, "url": url}
    refresh = {**own, "article": rows.article, "is_refresh": True, "capture": rows.capture}
    made = ArticleUpload.objects.create
    return {
        "page being fetched": made(**own, state="fetching"),
        "page that shows no article": made(
            **own, state="failed", capture=missing, found={"problem": problem}
        ),
        "article refreshed": made(
            **refresh, state="saved", found={"outcome": "version", "version": 2}
        ),
        "changed text to be checked": made(
            **refresh, state="ready", found=found_json(extract_text("Tolls\n\nOther words."))
        ),
    }


def make_tour() -> Tour:
    """Store the desk."""
    scene = make_scene()
    rows, guide = scene.desk, scene.author
    add_more(rows, 2)
    with context(actor=scene.people["admin"], action="test.tour"):
        Membership.objects.filter(project=rows.project, user=guide).update(role=Role.ADMIN)
        guide.is_superuser = True
        guide.set_password(PASSWORD)
        guide.save()
    second, third = Claim.objects.filter(project=rows.project, number__in=(3, 4)).order_by("number")
    moderator = scene.people["moderator"]
    ProofBundle.objects.create(
        project=rows.project, event=rows.event, created_by=guide, state="gone", problem="old"
    )
    with context(actor=moderator, action="test.tour"):
        discard(second, moderator)
        lock(second, moderator)
        hide(third, moderator)
    for claim in Claim.objects.filter(project=rows.project, number__gt=4, discarded_at=None)[:3]:
        make_review(claim, moderator, "refuted")
    for name, label in (("disputed", "refuted"), ("agreed", "supported")):
        claim = make_checked(rows.project, rows.second, text=name)
        make_review(claim, rows.second, justification="It was counted.")
        make_review(claim, rows.chair, label, justification="It was not.", confidence=2)
    make_member(make_project("Empty", slug="empty"), guide, Role.ADMIN)
    return Tour(rows, guide)
