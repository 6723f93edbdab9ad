"""What is kept elsewhere just while a redaction lets go of the same bytes."""

import threading
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connections, transaction

from annotations.captures.models import StoredFile
from annotations.captures.services import file_read, file_store
from annotations.moderation.redactions import files
from annotations.moderation.redactions.models import Redaction
from tests.factories import make_member, make_project, make_user
from tests.moderation.redaction_world import SEEN, redact

HELD = 3.0


@pytest.mark.django_db(transaction=True)
def test_bytes_that_another_project_is_just_keeping_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    project, elsewhere, person = (
        make_project("Desk"),
        make_project("Elsewhere"),
        make_user("Reader"),
    )
    admin, operator = make_user("Boss"), make_user("Operator", is_superuser=True)
    make_member(project, admin, "admin")
    kept = {"content": SEEN, "name": "a.txt", "media_type": "text/plain"}
    file_store(actor=admin, project=project, **kept)
    stored, over = threading.Event(), threading.Event()

    def keep() -> None:
        with transaction.atomic():
            file_store(actor=person, project=elsewhere, **kept)
            stored.set()
            over.wait(HELD)
        connections.close_all()

    thread, let_go = threading.Thread(target=keep), files.files_forget

    def just_then(redaction: Redaction) -> None:
        thread.start()
        assert stored.wait(10)
        let_go(redaction)

    monkeypatch.setattr(files, "files_forget", just_then)
    asked = SimpleNamespace(admin=admin, operator=operator, project=project)
    assert redact(asked).state == "done"
    over.set()
    thread.join(10)
    assert file_read(StoredFile.objects.get(project=elsewhere)) == SEEN
