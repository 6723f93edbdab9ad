"""Words that a redaction overwrites while a page is being judged: they do not come back."""

import pytest

from annotations.articles import refreshing
from annotations.lifecycle.watches import ending
from annotations.lifecycle.watches.services import watch_start
from annotations.moderation.redactions.running import redaction_look, redaction_run
from annotations.moderation.redactions.services import redaction_ask, redaction_confirm
from tests.captures import pages
from tests.factories import make_user
from tests.lifecycle.watches.conftest import WORDS

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Quokka Wallaby"
ARTICLE = pages.ARTICLE.replace("more than two thousand", f"{NAME} and about 1,900")


@pytest.fixture
def redact(project, admin):
    """Redact the name, once."""
    operator, done = make_user("operator", is_superuser=True), []

    def act():
        if done:
            return
        asked = redaction_ask(
            actor=admin, project=project, words=NAME, ground="court_order", reference="12/2026"
        )
        redaction_look(uid=str(asked.uid))
        asked.refresh_from_db()
        redaction_confirm(actor=operator, redaction=asked, revision=asked.revision)
        redaction_run(uid=str(asked.uid))
        asked.refresh_from_db()
        done.append(asked.state)
        assert done == ["done"]

    return act


def test_a_check_names_no_words_that_were_redacted_while_it_was_made(
    watch_of_statement, worker, site, redact, monkeypatch
):
    worker.check(watch_of_statement)
    site.shows(f"{WORDS}\n\nIt was {NAME} who did it, said the ministry on Monday.", headers=())
    real = ending.found_in

    def slow(turn, capture):
        found = real(turn, capture)
        redact()
        return found

    monkeypatch.setattr(ending, "found_in", slow)
    check = worker.check(watch_of_statement)
    assert check.capture is not None
    assert NAME not in str(check.changes)


def test_a_version_has_no_words_that_were_redacted_while_its_page_was_read(
    article, worker, site, reviewer, redact, monkeypatch
):
    watch = watch_start(actor=reviewer, subject=article)[0]
    site.shows(ARTICLE, html=True, headers=())
    worker.check(watch)
    second = article.versions.get(number=2)
    assert NAME in second.text
    site.shows(ARTICLE.replace("1,900", "1,700"), html=True, headers=())
    real = refreshing.capture_extract

    def slow(capture):
        found = real(capture)
        if capture.pk != second.capture_id:
            redact()
        return found

    monkeypatch.setattr(refreshing, "capture_extract", slow)
    worker.check(watch)
    second.refresh_from_db()
    assert NAME not in second.text
    assert not article.versions.filter(text__contains=NAME).exists()
