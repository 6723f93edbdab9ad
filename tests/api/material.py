"""One row of every kind in a project, and where each is in the API."""

from dataclasses import dataclass
from typing import Any

from annotations.accounts.models import User
from annotations.comments.services import comment_create
from annotations.lifecycle.services import assessment_add
from annotations.models import Mention, Project
from annotations.sources.services import alias_add
from tests.material import (
    TEXT,
    make_article,
    make_claim,
    make_event,
    make_evidence,
    make_review,
    make_source,
    make_statement,
)


@dataclass(frozen=True)
class Desk:
    """The uids of a project's rows, by kind."""

    project: Project
    rows: dict[str, Any]

    def path(self, route: str) -> str:
        """Fill in a route such as `claims/{claim}/`, below the project."""
        uids = {kind: row.uid for kind, row in self.rows.items()}
        return f"/api/v1/projects/{self.project.slug}/{route.format(**uids)}"


def fill(project: Project, author: User) -> Desk:
    """Make one row of every kind."""
    article = make_article(project, author)
    claim = make_claim(project, author, article=article)
    source = make_source(project, author, "Ministry of Defence")
    statement = make_statement(project, author, source=source)
    event = make_event(statement, author)
    assessment = assessment_add(
        actor=author, event=event, standing="disputed", reason="The post is back."
    )
    evidence = make_evidence(project, author, claim=claim)
    return Desk(
        project,
        {
            "article": article,
            "version": article.versions.get(),
            "claim": claim,
            "mention": Mention.objects.get(claim=claim),
            "source": source,
            "alias": alias_add(actor=author, source=source, name="MoD"),
            "statement": statement,
            "event": event,
            "evidence": evidence,
            "link": evidence.claim_links.get(),
            "other": make_evidence(project, author, question="Who counted?", file=None),
            "assessment": assessment,
            "comment": comment_create(actor=author, claim=claim, text="Whose count?"),
            "review": make_review(claim, author),
            "membership": project.memberships.get(user=author),
        },
    )


def bodies(desk: Desk) -> dict[str, dict[str, Any]]:
    """An acceptable body for every create, by route."""
    rows = desk.rows
    mention = {
        "version": str(rows["version"].uid),
        "ranges": [[17, 54]],
        "attributions": [{"source_name": "CNN", "quote_type": "indirect"}],
    }
    return {
        "articles/": {"text": TEXT + "More.\n", "title": "Another"},
        "articles/{article}/versions/": {"text": TEXT + "A correction.\n"},
        "claims/": {"text": "The ministry lost 498", "mentions": [mention]},
        "claims/{claim}/mentions/": mention,
        "reviews/": {"claim": str(rows["claim"].uid), "label": "refuted"},
        "sources/": {"name": "United Nations", "kind": "organisation"},
        "sources/{source}/aliases/": {"name": "Defence Ministry"},
        "statements/": {"source_name": "CNN", "channel": "Broadcast", "said_on": "2022-03-02"},
        "evidence/": {
            "question": "Who counted?",
            "claim": str(rows["claim"].uid),
            "stance": "supports",
        },
        "claims/{claim}/evidence/": {"evidence": str(rows["other"].uid), "stance": "context"},
        "claims/{claim}/comments/": {"text": "Theirs?"},
        "events/": {
            "statement": str(rows["statement"].uid),
            "type": "deleted_by_author",
            "reported_by_name": "CNN",
        },
        "events/{event}/assessments/": {"standing": "refuted", "reason": "It never went away."},
    }


# What is changed, with what body, and the history table that must show it.
CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "": ({"name": "News desk"}, "Project"),
    "articles/{article}/": ({"byline": "A. Writer"}, "Article"),
    "claims/{claim}/": ({"text": "Other words"}, "Claim"),
    "claims/{claim}/mentions/{mention}/": ({"ranges": [[4, 11]]}, "Mention"),
    "reviews/{review}/": ({"label": "refuted"}, "Review"),
    "sources/{source}/": ({"description": "A ministry"}, "Source"),
    "statements/{statement}/": ({"channel": "Telegram"}, "Statement"),
    "evidence/{evidence}/": ({"answer": "The UN."}, "Evidence"),
    "claims/{claim}/evidence/{link}/": ({"stance": "mixed"}, "ClaimEvidence"),
    "claims/{claim}/comments/{comment}/": ({"text": "Other words"}, "Comment"),
}
REMOVALS = {
    "claims/{claim}/": "Claim",
    "claims/{claim}/mentions/{mention}/": "Mention",
    "reviews/{review}/": "Review",
    "sources/{source}/aliases/{alias}/": "SourceAlias",
    "evidence/{evidence}/": "Evidence",
    "claims/{claim}/evidence/{link}/": "ClaimEvidence",
    "claims/{claim}/comments/{comment}/": "Comment",
}
RESTORES = (
    "claims/{claim}/restore/",
    "claims/{claim}/mentions/{mention}/restore/",
    "reviews/{review}/restore/",
    "evidence/{evidence}/restore/",
    "claims/{claim}/evidence/{link}/restore/",
    "claims/{claim}/comments/{comment}/restore/",
)
LISTS = (
    "memberships/",
    "articles/",
    "articles/{article}/versions/",
    "claims/",
    "claims/{claim}/mentions/",
    "reviews/",
    "sources/",
    "sources/{source}/aliases/",
    "statements/",
    "evidence/",
    "claims/{claim}/evidence/",
    "claims/{claim}/comments/",
    "events/",
    "events/{event}/assessments/",
)
READS = (
    "",
    "memberships/{membership}/",
    "articles/{article}/",
    "articles/{article}/versions/{version}/",
    "claims/{claim}/",
    "claims/{claim}/mentions/{mention}/",
    "claims/{claim}/comments/{comment}/",
    "reviews/{review}/",
    "sources/{source}/",
    "sources/{source}/aliases/{alias}/",
    "statements/{statement}/",
    "evidence/{evidence}/",
    "claims/{claim}/evidence/{link}/",
    "events/{event}/",
    "events/{event}/assessments/{assessment}/",
)
CREATES = (
    "articles/",
    "articles/{article}/versions/",
    "claims/",
    "claims/{claim}/mentions/",
    "reviews/",
    "sources/",
    "sources/{source}/aliases/",
    "statements/",
    "evidence/",
    "claims/{claim}/evidence/",
    "claims/{claim}/comments/",
    "events/",
    "events/{event}/assessments/",
)
