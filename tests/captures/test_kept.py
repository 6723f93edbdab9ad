"""What the database keeps of captures, and who sees them."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from annotations.captures.models import Capture
from annotations.captures.permissions import check_take_capture
from annotations.captures.services import file_store
from annotations.captures.taking import capture_take
from annotations.lib.errors import Refused
from annotations.lib.ids import uuid7
from annotations.moderation.services import row_hide
from tests.captures import pages
from tests.captures.server import page, to
from tests.material import make_article, make_statement
from tests.proofs import at_once

pytestmark = pytest.mark.django_db


def test_a_capture_never_changes_and_never_goes(capture):
    for act in (capture.save, capture.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        Capture.objects.update(status=404)
    assert Capture.objects.get().status == 200


@pytest.mark.parametrize(
    "wrong",
    [{"status": None}, {"file": None}, {"quality_score": 101}, {"status": None, "file": None}],
)
def test_the_database_refuses_a_capture_without_answer_or_failure(capture, wrong):
    columns = {one.attname: getattr(capture, one.attname) for one in Capture._meta.concrete_fields}
    row = Capture(**columns | {"id": None, "uid": uuid7()})
    for name, value in wrong.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError):
        at_once(row.save)


def test_a_capture_names_no_file_of_another_project(capture, other_project, outsider):
    capture.file = file_store(
        actor=outsider, project=other_project, content=b"x", name="x", media_type="text/plain"
    )
    capture.pk, capture.uid, capture._state.adding = None, uuid7(), True
    with pytest.raises(IntegrityError):
        at_once(capture.save)


# Who sees it


def seers(capture, actor, *names):
    return [name for name in names if Capture.objects.visible_to(actor(name)).contains(capture)]


EVERYBODY = ("anonymous", "outsider", "operator", "reader", "reviewer", "moderator", "admin")
MEMBERS, REVIEWERS, MODERATORS = list(EVERYBODY[3:]), list(EVERYBODY[4:]), list(EVERYBODY[5:])


def test_members_see_captures(capture, actor):
    assert seers(capture, actor, *EVERYBODY) == MEMBERS


def test_a_capture_of_what_is_hidden_is_seen_by_moderators(
    capture, actor, project, reviewer, moderator
):
    article = make_article(project, reviewer, url=capture.url)
    assert seers(capture, actor, *EVERYBODY) == MEMBERS
    row_hide(actor=moderator, row=article, reason="Under embargo")
    assert seers(capture, actor, *EVERYBODY) == MODERATORS


def test_a_capture_of_what_is_confidential_is_seen_by_reviewers(capture, actor, project, reviewer):
    make_statement(project, reviewer, url=f"{capture.url}?utm_source=x", confidential=True)
    assert seers(capture, actor, *EVERYBODY) == REVIEWERS


def test_a_capture_that_led_to_what_is_confidential_is_seen_by_reviewers(
    actor, project, reviewer, server, border
):
    final = server.on("/landed", page(b"<h1>Landed</h1>"))
    start = server.on("/short", to(final))
    capture = capture_take(actor=reviewer, project=project, url=start, border=border)
    assert capture.final_canonical_url == final
    assert seers(capture, actor, *EVERYBODY) == MEMBERS
    make_statement(project, reviewer, url=final, confidential=True)
    assert seers(capture, actor, *EVERYBODY) == REVIEWERS


def test_what_is_hidden_in_another_project_is_no_matter_here(
    capture, actor, other_project, outsider
):
    row_hide(
        actor=outsider, row=make_article(other_project, outsider, url=capture.url), reason="Theirs"
    )
    assert seers(capture, actor, *EVERYBODY) == MEMBERS


def test_reviewers_may_have_pages_captured(project, actor):
    for name in EVERYBODY:
        try:
            check_take_capture(actor(name), project)
            allowed = True
        except Refused:
            allowed = False
        assert allowed == (name in REVIEWERS), name


def test_captures_of_an_address_come_the_latest_first(server, take, project):
    url = server.on("/series", page(pages.ARTICLE.encode()))
    first, second = take(url), take(url + "?utm_source=x")
    server.on("/series", page(b"", 404))
    third = take(url)
    rows = Capture.objects.of_address(project, first.canonical_url)
    assert list(rows) == [third, second, first]
    assert list(rows.good()) == [second, first]
