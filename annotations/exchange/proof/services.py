"""Proof bundles: asking for one, making it, giving it to whoever asked, letting go of it."""

import logging
from datetime import timedelta
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations import jobs
from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.captures.failures import FetchFailed
from annotations.captures.models import Capture
from annotations.captures.reading import PROOF_TYPE
from annotations.captures.services import file_drop, file_is_used, files_hold, stream_store
from annotations.captures.stamping import Stamp, stamp_make, stamps_are_made
from annotations.captures.tokens import BadToken
from annotations.claims.models import Claim
from annotations.exchange.models import BUNDLE_GIVEN_UP, BundleProblem, BundleState, ProofBundle
from annotations.exchange.permissions import check_make_bundle
from annotations.exchange.proof.bundle import Placed, TooLarge, write_bundle
from annotations.exchange.proof.documents import event_document
from annotations.lib.errors import DomainError, Refused
from annotations.lifecycle.event_captures import captures_of
from annotations.lifecycle.models import LifecycleEvent
from annotations.moderation.redactions.models import Kind as RedactionKind
from annotations.moderation.redactions.models import Redaction
from annotations.moderation.redactions.models import State as RedactionState
from annotations.sources.models import Source
from annotations.statements.models import Statement

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=30)
AT_ONCE = 500


class Disturbed(Exception):
    """Something was redacted while the bundle was made: it is made again, from what is left."""


def bundle_ask(*, actor: User, event: LifecycleEvent) -> tuple[ProofBundle, bool]:
    """Have a bundle of the event made for the actor; say whether that is new.

    One that is being made is given back instead. Raises Refused for who may not export.
    """
    check_make_bundle(actor, event)
    with context(actor=actor, action="bundle.ask"):
        _give_up_slow(actor, event)
        bundle, is_new = ProofBundle.objects.get_or_create(
            event=event,
            created_by=actor,
            state=BundleState.WAITING,
            defaults={"project_id": event.project_id},
        )
        if is_new:
            jobs.enqueue("exchange.make_bundle", bundle_uid=str(bundle.uid))
    return bundle, is_new


def bundle_make(*, bundle_uid: str) -> None:
    """Make a bundle, as a job. Repeating it after a crash does no harm.

    Where no time-stamp authority answers, it has no token and is made all the same. Raises
    Disturbed, for the queue to try again, where a redaction came in between.
    """
    rows = ProofBundle.objects.select_related("project", "event__project", "created_by")
    bundle = rows.get(uid=UUID(bundle_uid))
    if bundle.state != BundleState.WAITING:
        return
    try:
        check_make_bundle(bundle.created_by, bundle.event)
        _make(bundle)
    except (LifecycleEvent.DoesNotExist, DomainError):
        _end(bundle, state=BundleState.FAILED, problem=BundleProblem.NOT_SEEN)
    except TooLarge:
        _end(bundle, state=BundleState.FAILED, problem=BundleProblem.TOO_LARGE)


def bundle_check_sight(*, viewer: User, bundle: ProofBundle) -> None:
    """Raise Refused unless the viewer may see everything that is in the bundle now.

    What was hidden or made confidential since is in the file still, and it stays here.
    """
    kinds: dict[str, Any] = {
        "captures": Capture.objects.visible_to(viewer),
        "claims": Claim.objects.listed_to(viewer),
        "sources": Source.objects.visible_to(viewer),
        "statements": Statement.objects.visible_to(viewer),
    }
    for kind, rows in kinds.items():
        uids = bundle.holds.get(kind, [])
        if uids and rows.filter(uid__in=uids).count() != len(uids):
            raise Refused(
                _("Not everything in this bundle is for you to see any more. Ask for a new one.")
            )


def bundles_forget(timestamp: int = 0) -> int:
    """Let go of files of bundles older than KEPT_FOR; return how many. `timestamp` is not used."""
    old = ProofBundle.objects.filter(
        state=BundleState.READY, made_at__lt=timezone.now() - KEPT_FOR
    ).select_related("file")[:AT_ONCE]
    return _let_go(old, BundleProblem.OLD)


def bundles_forget_person(*, person_uid: str) -> None:
    """Let go of the files of all bundles that name a person by a name they have no more, a job."""
    naming = ProofBundle.objects.filter(
        state=BundleState.READY, holds__people__contains=[person_uid]
    )
    _let_go(naming.select_related("file"), BundleProblem.PERSON)


def _make(bundle: ProofBundle) -> None:
    viewer = bundle.created_by
    redactions = _redactions(bundle)
    captures = [Placed(one.place, one.capture) for one in captures_of(bundle.event, viewer)]
    document = event_document(bundle.event, viewer)
    with TemporaryFile() as stream:
        stamping = stamp_if_answered if stamps_are_made() else None
        written = write_bundle(stream, event=document.json, captures=captures, stamping=stamping)
        with context(actor=viewer, action="bundle.make"):
            files_hold()
            if _redactions(bundle) != redactions:
                raise Disturbed
            stored = stream_store(
                actor=viewer,
                project=bundle.project,
                content=stream,
                name=f"proof-{bundle.event.uid}.zip",
                media_type=PROOF_TYPE,
            )
            _end(
                bundle,
                state=BundleState.READY,
                file=stored,
                sha256=stored.sha256,
                size=stored.size,
                captures=written.captures,
                stamped_at=written.stamped_at,
                holds=document.holds(one.capture for one in captures),
                made_at=timezone.now(),
            )
            # The latest is enough: each may be of 200 MB, and redactions look into all of them.
            earlier = ProofBundle.objects.of(bundle.event, viewer).filter(
                state=BundleState.READY, pk__lt=bundle.pk
            )
            _let_go(earlier.select_related("file"), BundleProblem.NEWER)


def _redactions(bundle: ProofBundle) -> set[tuple[int, str]]:
    """Return the redactions that overwrite, or have overwritten, what may be in the bundle."""
    states = (RedactionState.CONFIRMED, RedactionState.OVERWRITTEN, RedactionState.DONE)
    concerned = Q(project=bundle.project_id) | Q(kind=RedactionKind.PERSON)
    rows = Redaction.objects.filter(concerned, state__in=states)
    return set(rows.values_list("pk", "state"))


def stamp_if_answered(content: bytes) -> Stamp | None:
    """Return a stamp; None where no authority gives one, which must not keep a bundle back."""
    try:
        return stamp_make(content)
    except (FetchFailed, BadToken) as error:
        logger.warning("A proof bundle was not stamped: %s", error)
        return None


def _give_up_slow(actor: User, event: LifecycleEvent) -> None:
    """Let one that the worker never came to make way for a new one."""
    waiting = ProofBundle.objects.filter(event=event, created_by=actor, state=BundleState.WAITING)
    for bundle in waiting.select_for_update(of=("self",)):
        if bundle.is_waiting_for(BUNDLE_GIVEN_UP):
            _end(bundle, state=BundleState.FAILED, problem=BundleProblem.STOPPED)


def _end(bundle: ProofBundle, **columns: object) -> None:
    for name, value in columns.items():
        setattr(bundle, name, value)
    bundle.save(update_fields=list(columns))


def _let_go(bundles: Any, problem: BundleProblem) -> int:
    gone = 0
    for bundle in bundles:
        with transaction.atomic():
            stored = bundle.file
            _end(bundle, state=BundleState.GONE, problem=problem, file=None, holds={})
            if stored is not None and not file_is_used(stored):
                file_drop(stored=stored)
        gone += 1
    return gone
