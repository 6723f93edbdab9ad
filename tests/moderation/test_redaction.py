"""Redaction: the words are gone from everywhere, and everything else is as it was."""

from hashlib import sha256

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.stamps import project_stamp
from annotations.audit.timeline import history_model
from annotations.captures.services import file_read, file_store
from annotations.claims.models import Claim
from annotations.claims.services import claim_update
from annotations.exchange.models import ProofBundle
from annotations.lib.errors import InvalidInput, Refused, StaleVersion
from annotations.moderation.redactions import files
from annotations.moderation.redactions.models import Redaction, RedactionWords
from annotations.moderation.redactions.running import (
    redaction_look,
    redaction_run,
    redactions_resume,
)
from annotations.moderation.redactions.services import (
    redaction_ask,
    redaction_cancel,
    redaction_confirm,
    redaction_files_choose,
    redaction_look_again,
)
from tests.factories import make_member, make_project, make_user
from tests.material import make_claim
from tests.moderation.redaction_world import (
    NAME,
    ORDER,
    SEEN,
    ask,
    make_world,
    redact,
)
from tests.proofs import execute


@pytest.fixture
def world(db, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    return make_world()


def test_a_proof_bundle_with_the_words_in_it_is_replaced_and_says_so(world, client_for):
    bundle = ProofBundle.objects.get()
    assert bundle.is_there
    redact(world)
    bundle = ProofBundle.objects.get()
    assert bundle.file is not None
    assert (bundle.state, bundle.is_there) == ("ready", False)
    address = f"/p/desk/bundles/{bundle.uid}/"
    page = client_for(world.author).get(address).content.decode()
    assert "This bundle was replaced by order of a redaction" in page
    assert client_for(world.author).get(f"{address}file/").status_code == 409


def test_what_is_kept_of_it_tells_all_but_the_words(world):
    redaction = redact(world)
    assert redaction.created_by == world.admin
    assert redaction.confirmed_by == world.operator
    assert (redaction.ground, redaction.reference) == ("court_order", "Court of Somewhere, 12/2026")
    assert redaction.confirmed_at
    assert redaction.ended_at
    assert len(redaction.sha256) == 64
    assert not RedactionWords.objects.exists()
    claim = next(one for one in redaction.places if one["table"] == "annotations_claim")
    assert (claim["column"], claim["rows"], claim["times"]) == ("text", 1, 1)
    assert claim["ids"] == [str(world.claim.pk)]
    history = history_model(Redaction).objects.filter(pgh_obj_id=redaction.pk).order_by("pgh_id")
    assert [one.pgh_context["action"] for one in history] == [
        "redaction.ask",
        "redaction.look",
        "redaction.confirm",
        "redaction.overwrite",
        "redaction.files_gone",
    ]
    assert history.last().sha256 == redaction.sha256
    # A text file keeps the rest of its words, and its old digest is kept beside the new one.
    text = redaction.files.get(times=1, file__name="seen.txt")
    assert file_read(text.file) == b"Seen: [redacted].\n"
    assert (text.sha256_before, text.sha256_after) == (sha256(SEEN).hexdigest(), text.file.sha256)
    # What is no text is replaced whole.
    world.picture.refresh_from_db()
    assert file_read(world.picture.file).startswith(b"[redacted]")
    assert (world.picture.file_type, world.picture.file_name) == ("text/plain", "[redacted].txt")


def test_two_people_choose_which_files_are_replaced_and_the_second_sees_the_choice(world):
    redaction = ask(world)
    redaction_look(uid=str(redaction.uid))
    redaction.refresh_from_db()
    seen = redaction.revision
    assert redaction.files.get(file=world.picture.file).is_replaced
    redaction_files_choose(actor=world.admin, redaction=redaction, replaced=[], revision=seen)
    with pytest.raises(StaleVersion):
        redaction_confirm(actor=world.operator, redaction=redaction, revision=seen)
    redaction_confirm(actor=world.operator, redaction=redaction, revision=seen + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        redaction.files.update(is_replaced=True)
    redaction_run(uid=str(redaction.uid))
    assert file_read(world.picture.file).startswith(b"%PDF")


def test_another_project_keeps_its_words_and_so_does_an_account_of_that_name(world):
    elsewhere = make_project("Elsewhere", slug="elsewhere", admin=make_user(NAME))
    claim = make_claim(elsewhere, world.author, text=NAME)
    redact(world)
    claim.refresh_from_db()
    assert claim.text == NAME
    assert User.objects.filter(display_name__iexact=NAME).exists()


def test_a_page_opened_before_cannot_save_the_words_again(world):
    before, stamp = world.claim.revision, project_stamp(world.project.pk)
    redact(world)
    # Open pages are told that something happened, and fetch the texts anew.
    assert project_stamp(world.project.pk) != stamp
    world.claim.refresh_from_db()
    assert world.claim.text == "[redacted] did so"
    assert world.claim.revision == before + 1
    with pytest.raises(StaleVersion):
        claim_update(actor=world.author, claim=world.claim, revision=before, text=NAME)


def test_what_changed_since_it_was_shown_is_not_overwritten_but_shown_again(world):
    redaction = ask(world)
    redaction_look(uid=str(redaction.uid))
    redaction.refresh_from_db()
    redaction_confirm(actor=world.operator, redaction=redaction, revision=redaction.revision)
    make_claim(world.project, world.author, text=f"Another of {NAME}")
    redaction_run(uid=str(redaction.uid))
    redaction.refresh_from_db()
    assert (redaction.state, redaction.confirmed_by) == ("changed", None)
    assert Claim.objects.filter(text__contains=NAME).exists()
    redaction_look_again(actor=world.admin, redaction=redaction)
    redaction_look(uid=str(redaction.uid))
    redaction.refresh_from_db()
    assert redaction.state == "found"
    redaction_confirm(actor=world.operator, redaction=redaction, revision=redaction.revision)
    for _again in range(2):
        redaction_run(uid=str(redaction.uid))
    redaction.refresh_from_db()
    assert redaction.state == "done"


def test_a_file_that_came_while_files_were_searched_is_looked_at_too(world, monkeypatch):
    redaction = ask(world)
    redaction_look(uid=str(redaction.uid))
    redaction.refresh_from_db()
    redaction_confirm(actor=world.operator, redaction=redaction, revision=redaction.revision)
    as_found = files.files_are_as_found

    def and_one_comes(*args):
        same = as_found(*args)
        file_store(
            actor=world.author, project=world.project, content=SEEN + b"Again.\n",
            name="later.txt", media_type="text/plain",
        )  # fmt: skip
        return same

    monkeypatch.setattr(files, "files_are_as_found", and_one_comes)
    redaction_run(uid=str(redaction.uid))
    redaction.refresh_from_db()
    assert redaction.state == "changed"
    assert Claim.objects.filter(text__icontains="wallaby").exists()


def test_what_a_stopped_worker_left_lying_is_gone_on_with(world):
    redaction = ask(world)
    redactions_resume()
    redaction.refresh_from_db()
    redaction_confirm(actor=world.operator, redaction=redaction, revision=redaction.revision)
    redactions_resume()
    redaction.refresh_from_db()
    assert redaction.state == "done"


def test_what_the_database_refuses_is_given_back_to_the_two(world, owner_connection):
    owner_connection.execute(
        "ALTER TABLE annotations_claim ADD CONSTRAINT no_marks CHECK (text !~ 'redacted')"
    )
    redaction = ask(world)
    redactions_resume()
    redaction.refresh_from_db()
    redaction_confirm(actor=world.operator, redaction=redaction, revision=redaction.revision)
    with pytest.raises(IntegrityError):
        redaction_run(uid=str(redaction.uid))
    redaction.refresh_from_db()
    assert (redaction.state, redaction.confirmed_by) == ("changed", None)
    world.article.refresh_from_db()
    assert world.article.byline == NAME


def test_it_takes_an_operator_and_an_admin_and_neither_alone(world):
    redaction = ask(world)
    redaction_look(uid=str(redaction.uid))
    redaction.refresh_from_db()
    make_member(world.project, world.operator, "admin")
    moderator, second = make_user("moderator"), make_user("second admin")
    make_member(world.project, moderator, "moderator")
    make_member(world.project, second, "admin")
    for actor in (world.admin, second, moderator, world.author, make_user("stranger")):
        with pytest.raises(Refused):
            redaction_confirm(actor=actor, redaction=redaction, revision=redaction.revision)
        # The database says so too, whoever writes.
        for state in ("confirmed", "overwritten"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Redaction.objects.filter(pk=redaction.pk).update(
                    state=state, confirmed_by=actor, confirmed_at=timezone.now()
                )
    with pytest.raises(StaleVersion):
        redaction_confirm(actor=world.operator, redaction=redaction, revision=0)
    with pytest.raises(IntegrityError, match="confirmed by another"), transaction.atomic():
        execute("SELECT factcheck_redact(%s)", redaction.pk)
    redaction.refresh_from_db()
    assert redaction.state == "found"
    for actor in (moderator, world.author):
        with pytest.raises(Refused):
            redaction_ask(actor=actor, project=world.project, words=NAME, **ORDER)
        with pytest.raises(Refused):
            redaction_cancel(actor=actor, redaction=redaction, reason="No.")


def test_cancelled_before_it_is_confirmed_it_forgets_the_words_and_stays(world):
    redaction = ask(world)
    with pytest.raises(InvalidInput, match="leave the words"):
        redaction_cancel(actor=world.admin, redaction=redaction, reason=f"Not {NAME}")
    redaction_cancel(actor=world.admin, redaction=redaction, reason="The order was lifted.")
    redaction.refresh_from_db()
    assert (redaction.state, redaction.reference) == ("cancelled", ORDER["reference"])
    assert not RedactionWords.objects.exists()
    redaction_look(uid=str(redaction.uid))
    redaction_run(uid=str(redaction.uid))
    assert Claim.objects.filter(text__contains="WALLABY").exists()
    for refused in ({"state": "looking"}, {"reference": "Other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Redaction.objects.filter(pk=redaction.pk).update(**refused)
    with pytest.raises(DatabaseError), transaction.atomic():
        redaction.delete()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": ""}, "Write the words"),
        ({"words": "Quokka\nan"}, "too short"),
        ({"words": "redact"}, "part of the mark"),
        ({"reference": ""}, "Name the order"),
        ({"reference": f"About {NAME.lower()}"}, "leave the words"),
        ({"ground": "whim"}, "legal ground"),
    ],
)
def test_what_cannot_be_asked_is_said(project, admin, given, said):
    with pytest.raises(InvalidInput, match=said):
        redaction_ask(actor=admin, project=project, **{"words": NAME, **ORDER, **given})
