"""Everything the viewer may see, and nothing else: the visibility table, in every format."""

import pytest

from annotations.articles.models import Article
from annotations.articles.services import article_create
from annotations.claims.models import Claim
from annotations.comments.models import Comment
from annotations.exchange.formats import FORMAT_NAMES, find_format
from annotations.lifecycle.models import LifecycleEvent
from annotations.moderation.services import row_restore
from annotations.projects.models import Project
from annotations.sources.models import Source
from annotations.statements.models import Statement
from annotations.statements.services import statement_update
from annotations.verification.evidence.models import Evidence
from annotations.verification.models import Review
from annotations.verification.services import review_save
from tests.exchange.conftest import export, native
from tests.material import make_capture, make_statement

pytestmark = pytest.mark.django_db(transaction=True)


def numbers(document) -> set[int]:
    return {claim.number for claim in document.claims}


def fullest(project, viewer, name) -> str:
    """An export with history, where the format holds one."""
    has_history = "history" in find_format(name).sections
    return export(project, viewer, name, history=has_history).decode()


def test_no_secret_is_anywhere(scene, actor):
    for name in FORMAT_NAMES:
        for role in ("reader", "second_reviewer"):
            check_secrets(scene, actor, role, name)


def check_secrets(scene, actor, role, name):
    content = fullest(scene.project, actor(role), name)
    assert "2,000 killed" in content
    # Reviewers may see what is confidential; nobody below moderators what is hidden.
    allowed = {"SECRET phone call", "SECRET note"} if role != "reader" else set()
    for words in ("SECRET libel", "SECRET informant", "SECRET role", "SECRET 👨", "SECRET Tolls"):
        assert words not in content, words
    for words in allowed:
        content = content.replace(words, "")
    assert "SECRET" not in content
    assert "libel" not in content


def test_no_e_mail_address_is_anywhere(scene):
    for name in FORMAT_NAMES:
        for viewer in (None, scene.project.created_by):
            content = fullest(scene.project, viewer, name)
            assert "@example.org" not in content
            assert "system@" not in content


ROLES = {
    # role: sees what is hidden, sees what is confidential
    "reader": (False, False),
    "second_reviewer": (False, True),
    "reviewer": (False, True),
    "moderator": (True, True),
    "admin": (True, True),
}


def test_each_role_gets_what_it_may_see(scene, actor):
    for role, (sees_hidden, sees_confidential) in ROLES.items():
        check_role(scene, actor, role, sees_hidden, sees_confidential)


def check_role(scene, actor, role, sees_hidden, sees_confidential):
    document = native(scene.project, actor(role))
    assert (scene.hidden.number in numbers(document)) is sees_hidden
    titles = {article.title for article in document.articles}
    assert ("Leak" in titles) is sees_hidden
    assert ("SECRET informant" in {s.name for s in document.sources}) is sees_hidden
    uids = {statement.uid for statement in document.statements}
    assert (str(scene.confidential.uid) in uids) is sees_confidential
    events = {event.uid for event in document.events}
    assert str(scene.event.uid) in events
    assert (str(scene.confidential_event.uid) in events) is sees_confidential
    assert document.project.seen_by == str(actor(role).uid)


VISIBLE = {
    "claims": Claim,
    "sources": Source,
    "statements": Statement,
    "articles": Article,
    "events": LifecycleEvent,
    "evidence": Evidence,
    "comments": Comment,
    "reviews": Review,
}


def test_the_export_agrees_with_visible_to(scene, actor):
    for role in (*ROLES, "outsider", "operator"):
        document = native(scene.project, actor(role))
        for section, model in VISIBLE.items():
            visible = model.objects.visible_to(actor(role)).filter(project=scene.project)
            expected = {str(uid) for uid in visible.values_list("uid", flat=True)}
            found = {record.uid for record in getattr(document, section)}
            assert found == expected, (role, section)


def test_a_whole_export_holds_everything(scene):
    document = native(scene.project)
    assert len(document.claims) == Claim.objects.filter(project=scene.project).count()
    hidden = next(c for c in document.claims if c.number == scene.hidden.number)
    assert hidden.hidden.reason == "libel"
    assert document.project.seen_by is None


def test_a_claim_in_a_hidden_article_comes_without_its_mention(scene, reader):
    document = native(scene.project, reader)
    claim = next(c for c in document.claims if c.uid == str(scene.in_hidden_article.uid))
    assert claim.mentions == []


def test_a_hidden_source_is_withheld_with_all_that_describes_it(scene, reader, moderator):
    def hop_seen_by(viewer):
        document = native(scene.project, viewer)
        (claim,) = (c for c in document.claims if c.text == "498 it was")
        return claim.mentions[0].hops[0]

    hop = hop_seen_by(reader)
    assert (hop.source, hop.source_withheld, hop.role_at_time) == (None, True, "")
    assert hop.source_ranges == []
    hop = hop_seen_by(moderator)
    assert hop.source == str(scene.hidden_source.uid)
    assert hop.role_at_time == "SECRET role"


def test_a_confidential_statement_is_not_named_to_readers(scene, reader, second_reviewer):
    def hop_seen_by(viewer):
        document = native(scene.project, viewer)
        (claim,) = (c for c in document.claims if c.text == "told")
        return claim.mentions[0].hops[0]

    assert hop_seen_by(reader).statement is None
    assert hop_seen_by(second_reviewer).statement == str(scene.confidential.uid)


def test_discarded_claims_are_in_with_their_mark(scene, reader):
    document = native(scene.project, reader)
    claim = next(c for c in document.claims if c.number == scene.discarded.number)
    assert claim.discarded.reason == "not a claim"


def test_unrevealed_reviews_are_blind(scene, reviewer, second_reviewer, moderator):
    for name in FORMAT_NAMES:
        content = fullest(scene.project, second_reviewer, name)
        assert "refuted" not in content
        assert "REVIEW of the first" not in content
    assert len(native(scene.project, reviewer).reviews) == 1
    assert len(native(scene.project, moderator).reviews) == 1
    review_save(actor=second_reviewer, claim=scene.claim, label="supported")
    labels = {review.label for review in native(scene.project, second_reviewer).reviews}
    assert labels == {"refuted", "supported"}


def test_history_leaves_out_what_a_row_was_while_it_was_not_seen(scene, reader, moderator):
    row_restore(actor=moderator, row=scene.hidden, reason="settled")
    scene.confidential.refresh_from_db()
    statement_update(
        actor=moderator,
        statement=scene.confidential,
        revision=scene.confidential.revision,
        confidential=False,
        channel="phone call",
    )
    document = native(scene.project, reader, history=True)
    reasons = {entry.reason for entry in document.history}
    assert "settled" in reasons
    assert "libel" not in reasons
    content = export(scene.project, reader, history=True).decode()
    assert "SECRET phone" not in content


def test_another_project_is_never_in_it(scene, other_project, outsider):
    assert native(other_project, outsider).claims == []
    document = native(scene.project, outsider)
    assert document.claims == []
    assert document.articles == []
    assert Project.objects.count() == 2


def test_people_are_those_the_export_names(scene, reader, outsider):
    names = {person.uid for person in native(scene.project, reader).people}
    assert str(outsider.uid) not in names
    assert str(reader.uid) in names


def test_evidence_says_nothing_of_what_the_viewer_may_not_see(scene, actor):
    by_role = {role: native(scene.project, actor(role)).evidence for role in ROLES}
    plain = {
        role: next(one for one in found if one.question == "Plain piece?")
        for role, found in by_role.items()
    }
    assert {role: len(one.claims) for role, one in plain.items()} == {
        "reader": 1,
        "second_reviewer": 1,
        "reviewer": 1,
        "moderator": 2,
        "admin": 2,
    }
    assert {role: len(one.independence) for role, one in plain.items()} == {
        "reader": 1,
        "second_reviewer": 2,
        "reviewer": 2,
        "moderator": 3,
        "admin": 3,
    }
    named = next(e for e in by_role["reader"] if e.question == "Whose?")
    assert (named.source, named.source_withheld) == (None, True)


def test_a_capture_that_a_reader_may_not_see_is_not_named(project, reviewer, reader):
    capture = make_capture(project, reviewer, url="https://daily.example/tolls")
    article = article_create(
        actor=reviewer, project=project, text="Some text.", capture=capture, origin="fetched"
    )

    def named(viewer):
        found = native(project, viewer).articles
        return next(one for one in found if one.uid == str(article.uid)).versions[0].capture

    assert named(None) == named(reader) == str(capture.uid)
    make_statement(project, reviewer, url=capture.url, confidential=True)
    assert named(reader) is None
    assert named(reviewer) == str(capture.uid)
