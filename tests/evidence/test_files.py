"""Files handed in as evidence: known by content, kept, replaced, never lost."""

import pytest

from annotations.articles.models import ArticleUpload, UploadState
from annotations.articles.tidying import uploads_forget
from annotations.captures.services import file_is_used, file_read
from annotations.lib.errors import InvalidInput
from annotations.lib.file_kinds import UnknownKind
from annotations.models import (
    Evidence,
    StoredFile,
)
from annotations.verification.evidence.files import GivenFile, saved_name
from annotations.verification.evidence.services import (
    evidence_update,
)
from tests.material import make_evidence

pytestmark = pytest.mark.django_db


def test_a_file_is_known_by_its_content_and_named_by_it(project, reviewer):
    made = make_evidence(project, reviewer, file=GivenFile("..\\..\\photo.png", b"Only words\n"))
    assert (made.file_name, made.file_type) == ("photo.png.txt", "text/plain")
    assert saved_name(made) == "photo.png.txt"
    assert file_read(made.file) == b"Only words\n"


def test_a_page_called_a_picture_is_refused_and_not_kept(project, reviewer):
    with pytest.raises(UnknownKind):
        make_evidence(project, reviewer, file=GivenFile("photo.png", b"<html><script>"))
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_over_the_limit_is_refused(project, reviewer, settings):
    settings.EVIDENCE_FILE_BYTES = 1024 * 1024
    make_evidence(project, reviewer, file=GivenFile("a.txt", b"a" * 1024 * 1024))
    with pytest.raises(InvalidInput, match="1 MiB"):
        make_evidence(project, reviewer, file=GivenFile("a.txt", b"a" * (1024 * 1024 + 1)))


def test_two_pieces_of_the_same_bytes_keep_their_own_names(project, reviewer):
    names = [
        make_evidence(project, reviewer, file=GivenFile(name, b"The same")).file_name
        for name in ("informant.txt", "public.txt")
    ]
    assert names == ["informant.txt", "public.txt"]
    assert StoredFile.objects.count() == 1


def test_a_file_is_replaced_or_taken_away_and_history_still_names_it(evidence, reviewer):
    first = evidence.file
    again = GivenFile("other.txt", b"Other")
    evidence_update(actor=reviewer, evidence=evidence, revision=1, file=again)
    evidence_update(actor=reviewer, evidence=evidence, revision=2, remove_file=True)
    evidence.refresh_from_db()
    assert (evidence.file, evidence.file_name) == (None, "")
    assert file_is_used(first)
    assert file_read(first)


def test_the_last_thing_a_piece_shows_is_not_taken_away(project, reviewer):
    only = make_evidence(project, reviewer, question="", answer="", url="")
    with pytest.raises(InvalidInput):
        evidence_update(actor=reviewer, evidence=only, revision=1, remove_file=True)


def test_a_file_that_is_evidence_is_not_let_go_with_an_old_upload(project, reviewer, evidence):
    upload = ArticleUpload.objects.create(
        project=project, created_by=reviewer, file=evidence.file, state=UploadState.FAILED
    )
    ArticleUpload.objects.filter(pk=upload.pk).update(updated_at="2020-01-01T00:00:00Z")
    assert uploads_forget() == 1
    assert file_read(evidence.file)
