"""What was exported at a moment is exported again, byte for byte, once everything has changed."""

import io
import json
import random

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations.exchange.formats.native import NativeFormat
from annotations.exchange.models import ExportRelease
from annotations.exchange.services import export_open
from annotations.lib.errors import InvalidInput
from annotations.moderation.services import row_hide, row_restore
from annotations.web.known_at import query_of
from tests.api.conftest import api
from tests.exchange.conftest import scene
from tests.known_at.changes import MODERATION, PLAIN
from tests.known_at.changes import text as make_change
from tests.long import some

pytestmark = pytest.mark.django_db(transaction=True)

__all__ = ["api", "scene"]
PATH = "/api/v1/projects/desk/export/"


def lines(content: bytes) -> list[bytes]:
    """The records of an export but for what its first line says of its making."""
    first, *rest = content.splitlines()
    head = json.loads(first)
    for name in ("exported_at", "known_at"):
        head.pop(name, None)
    return [json.dumps(head).encode(), *rest]


def exported(project, viewer, moment=None, *, history=True) -> list[bytes]:
    made = export_open(
        actor=viewer,
        project=project,
        format="jsonl",
        with_history=history,
        seen_by=viewer,
        known_at=moment,
    )
    return lines(b"".join(made.content))


@pytest.mark.parametrize(("viewer", "seed"), some((None, 1), ("second_reviewer", 2)))
def test_each_moment_is_told_as_it_was_told_then(scene, viewer, seed, actor, reviewer, moderator):
    """In any order of changes. What is hidden meanwhile is told again to whoever sees it still."""
    who = actor(viewer) if viewer else None
    changes = [*PLAIN, *(MODERATION * 3 if viewer != "second_reviewer" else ())]
    random.Random(seed).shuffle(changes)
    told = []
    for n, change in enumerate(changes):
        if n % 6 == 0:
            told.append((timezone.now(), change, exported(scene.project, who)))
        change(scene, reviewer, moderator)
    assert exported(scene.project, who) != told[0][2]
    for moment, change, then in told:
        again = exported(scene.project, who, moment)
        assert again == then, f"before {change.__name__}"


def test_what_is_hidden_now_is_in_no_moment_of_an_export_for_who_may_not_see_it(
    scene, second_reviewer, moderator
):
    moment = timezone.now()
    row_hide(actor=moderator, row=scene.event, reason="libel")
    row_hide(actor=moderator, row=scene.claim, reason="libel")
    before = b"".join(exported(scene.project, None, moment)).decode()
    seen = b"".join(exported(scene.project, second_reviewer, moment)).decode()
    for row in (scene.event, scene.claim):
        assert str(row.uid) in before
        assert str(row.uid) not in seen
        row_restore(actor=moderator, row=row, reason="no libel")
    again = b"".join(exported(scene.project, second_reviewer, moment)).decode()
    assert str(scene.event.uid) in again


def test_the_command_the_page_and_the_api_say_which_moment_they_hold(
    scene, api, client_for, reviewer, admin, tmp_path
):
    moment = timezone.now()
    make_change(scene, reviewer, admin)
    target = tmp_path / "desk.json"
    call_command(
        "export_data", "--project=desk", f"--known-at={moment.isoformat()}", f"--output={target}"
    )
    streamed = api(admin).get(f"{PATH}?{query_of(moment)}")
    assert "-known-at-" in streamed["Content-Disposition"]
    form = {"format": "json", "known_at": moment.isoformat()}
    downloaded = client_for(admin).post("/p/desk/export/download/", form)
    for content in (
        target.read_bytes(),
        b"".join(streamed.streaming_content),
        b"".join(downloaded.streaming_content),
    ):
        document = NativeFormat().read(io.BytesIO(content))
        assert document.project.known_at == moment
        assert document.claims[0].text == "=2,000 killed"
    assert {one.known_at for one in ExportRelease.objects.all()} == {moment}
    assert "as known" in client_for(admin).get("/p/desk/export/").content.decode()


def test_a_format_that_would_not_say_the_moment_and_a_moment_to_come_are_refused(
    scene, api, client_for, admin
):
    with pytest.raises(InvalidInput, match="does not say of which moment"):
        exported_as(scene.project, "csv")
    answer = api(admin).get(f"{PATH}?format=csv&{query_of(timezone.now())}")
    assert answer.status_code == 400
    form = {"format": "json", "known_at": "9000-01-01"}
    page = client_for(admin).post("/p/desk/export/download/", form)
    assert (page.status_code, "still to come" in page.content.decode()) == (400, True)
    with pytest.raises(CommandError, match="still to come"):
        call_command("export_data", "--project=desk", "--known-at=9000-01-01")
    assert not ExportRelease.objects.exists()


def exported_as(project, name: str) -> None:
    export_open(actor=None, project=project, format=name, known_at=timezone.now())
