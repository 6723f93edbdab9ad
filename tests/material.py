"""What people make in a project, through the services they make it with."""

from datetime import UTC, datetime

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.articles.services import article_create
from annotations.captures.answers import Fetch, Hop
from annotations.captures.models import Capture
from annotations.captures.taking import fetch_keep
from annotations.claims.hops import HopInput
from annotations.claims.models import Claim
from annotations.claims.services import claim_create
from annotations.exchange.models import ProofBundle
from annotations.exchange.proof.services import bundle_ask, bundle_make
from annotations.lib.urls import canonical_url, host_of
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.services import event_record
from annotations.lifecycle.watches.models import Watch, WatchCheck, WatchTurn
from annotations.moderation.flags import flag_raise
from annotations.moderation.models import Flag
from annotations.projects.models import Project
from annotations.sources.models import Source
from annotations.sources.services import source_create
from annotations.statements.models import Statement
from annotations.statements.services import statement_create
from annotations.verification.evidence.files import GivenFile
from annotations.verification.evidence.models import Evidence
from annotations.verification.evidence.services import evidence_create
from annotations.verification.services import review_save
from annotations.verification.standards.models import Guideline, RatingScale
from annotations.verification.standards.services import guideline_publish, scale_create
from annotations.verification.standards.shipped import Value

TEXT = "The service said more than 2,000 civilians were killed.\nThe ministry said 498.\n"


def make_article(project: Project, actor: User, *, text: str = TEXT, **fields) -> Article:
    """An article of one version."""
    fields.setdefault("title", "Tolls differ")
    return article_create(actor=actor, project=project, text=text, copy_ok=True, **fields)


def make_source(project: Project, actor: User, name: str = "State Emergency Service") -> Source:
    """A source with one alias, its name."""
    return source_create(actor=actor, project=project, name=name)


def make_statement(project: Project, actor: User, **fields) -> Statement:
    """A statement on a channel."""
    fields.setdefault("channel", "Facebook")
    fields.setdefault("text", "More than 2,000 civilians were killed.")
    return statement_create(actor=actor, project=project, **fields)


def make_claim(project: Project, actor: User, *, text: str = "2,000 civilians died", **fields):
    """A claim; with `article`, mentioned there with one indirect hop."""
    article: Article | None = fields.pop("article", None)
    if article is not None:
        fields["version"] = article.versions.get(number=1)
        fields["ranges"] = [(17, 54)]
        fields.setdefault("hops", [HopInput(source_name="State Emergency Service")])
    claim: Claim = claim_create(actor=actor, project=project, text=text, **fields)
    return claim


def make_event(statement: Statement, actor: User, **fields) -> LifecycleEvent:
    """A reported deletion of a statement."""
    fields.setdefault("type", "deleted_by_author")
    fields.setdefault("reported_by_name", "CNN")
    return event_record(actor=actor, subject=statement, **fields)


def make_review(claim: Claim, actor: User, label: str = "supported", **fields):
    """The actor's judgement of the claim as it stands."""
    return review_save(actor=actor, claim=claim, label=label, **fields)


def make_flag(claim: Claim, actor: User, **fields) -> Flag:
    """The actor's open flag on a claim."""
    fields.setdefault("reason", "wrong")
    return flag_raise(actor=actor, project=claim.project, kind="claim", target=claim.uid, **fields)[
        0
    ]


def make_evidence(project: Project, actor: User, **fields) -> Evidence:
    """A piece of evidence with a small file; with `claim`, refuting it."""
    fields.setdefault("question", "How many deaths were counted?")
    fields.setdefault("answer", "136 deaths were verified.")
    fields.setdefault("url", "https://un.example/count")
    fields.setdefault("file", GivenFile("count.txt", b"Verified: 136\n"))
    if fields.get("claim") is not None:
        fields.setdefault("stance", "refutes")
    return evidence_create(actor=actor, project=project, **fields)


def make_capture(project: Project, actor: User, **fields) -> Capture:
    """A capture as if an address had been asked, `at` a time; of plain text, read in no time."""
    url = fields.get("url", "https://daily.example/tolls")
    body = fields.get("body", TEXT.encode())
    status = fields.get("status", 200)
    answer = f"HTTP/1.1 {status} OK\r\nContent-Type: text/plain\r\n\r\n".encode()
    hop = Hop(
        url=url,
        started_at=fields.get("at") or datetime.now(UTC),
        address="192.0.2.1",
        request=f"GET / HTTP/1.1\r\nHost: {host_of(url)}\r\n\r\n".encode(),
        response=answer + body,
        status=status,
        reason="OK",
        headers=(("Content-Type", "text/plain"),),
    )
    brought = Fetch(asked=url, started_at=hop.started_at, hops=(hop,), body=body)
    canonical = canonical_url(url)
    return fetch_keep(actor=actor, project=project, canonical=canonical, brought=brought)


def make_scale(project: Project, admin: User, **fields) -> RatingScale:
    """A scale of three steps that holds from now on; the middle one suggests no label."""
    fields.setdefault("name", "Three steps")
    steps = (Value("True", "", "supported"), Value("Half true"), Value("False", "", "refuted"))
    return scale_create(actor=admin, project=project, values=fields.pop("values", steps), **fields)


def make_guideline(project: Project, admin: User, text: str = "Two sources.") -> Guideline:
    """Guidelines that hold from now on."""
    return guideline_publish(actor=admin, project=project, text=text)


def make_bundle(event: LifecycleEvent, actor: User) -> ProofBundle:
    """The actor's proof bundle of an event, made."""
    bundle, _is_new = bundle_ask(actor=actor, event=event)
    bundle_make(bundle_uid=str(bundle.uid))
    bundle.refresh_from_db()
    return bundle


def make_check(watch: Watch, **fields) -> WatchCheck:
    """A check that found a weighty change, as if the page had been looked at."""
    project, person = watch.project, watch.created_by
    fields.setdefault("outcome", "changed")
    changes: dict[str, object] = {"weighty": 1, "plain": 0, "cosmetic": 2, "kinds": ["number"]}
    changes["words_gone"] = True
    changes["passages"] = [["More than 2,000.", "About 1,900."]]
    capture = fields.pop("capture", None) or make_capture(project, person, url=watch.url)
    check = WatchCheck.objects.create(
        project=project,
        created_by=User.objects.system(),
        watch=watch,
        started_at=capture.taken_at,
        capture=capture,
        changes=fields.pop("changes", changes),
        **fields,
    )
    turn = WatchTurn.objects.filter(watch=watch)
    waits = check if check.outcome != "unchanged" else None
    now = {"outcome": check.outcome, "why": check.why, "checked_at": check.created_at}
    turn.update(**now, **({"to_look": waits} if waits else {}))
    return check
