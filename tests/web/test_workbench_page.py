"""The workbench as the server sends it: text, marks, rows, versions, filters, queries."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.articles.services import version_add
from annotations.claims.hops import HopInput
from annotations.claims.services import claim_discard, mention_add, mention_discard
from annotations.lifecycle.services import event_record
from annotations.models import Article
from annotations.moderation import services as moderation
from annotations.statements.services import statement_create
from annotations.verification.services import review_save
from tests.marking import TEXT, WORDS, make_claim, make_version, place

pytestmark = pytest.mark.django_db

MIXED = (
    "Ціна зросла\u00a0на 5%  —\r\nдва  пробіли; 👨‍👩‍👧‍👦 🇺🇦 👍🏽 é (e\u0301)\r\n\r\n"
    "قال إن 498 جنديًا قُתלו בשנת 2022.\r\n\r\n"
    "<b>Not bold</b> & <script>alert(1)</script>\r\n"
)


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


def address_of(version, query: str = "") -> str:
    return reverse("workbench", kwargs={"slug": "desk", "uid": version.article.uid}) + query


def page_of(client, version, query: str = "") -> str:
    answer = client.get(address_of(version, query))
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(page: str) -> str:
    """The article's text content, as a browser would read it."""
    article = re.search(r"<article[^>]*>(.*)</article>", page, re.S)[1]
    return unescape(re.sub(r"<[^>]+>", "", article))


@pytest.mark.parametrize("text", [TEXT, MIXED])
def test_the_text_is_the_version_s_with_and_without_marks(client_for, reviewer, project, text):
    version = make_version(reviewer, project, text)
    client = client_for(reviewer)
    assert words_of(page_of(client, version)) == version.text
    for start in range(0, len(version.text) - 12, 7):
        words = version.text[start : start + 12]
        if words.strip():
            make_claim(reviewer, version, words=words)
    assert words_of(page_of(client, version)) == version.text
    assert "<script>alert" not in page_of(client, version)


def test_overlapping_and_nested_claims_share_segments(client_for, reviewer, version):
    make_claim(reviewer, version, words=WORDS)
    make_claim(reviewer, version, words="2,000 civilians")
    page = page_of(client_for(reviewer), version)
    assert 'data-claims="2 1">2,000 civilians</mark>' in page
    assert page.count('id="claim-1"') == 1
    assert page.count('id="claim-2"') == 1
    assert 'data-count="2"' in page


def test_rows_stand_in_text_order_with_chain_label_and_mark(client_for, reviewer, project, version):
    said = statement_create(actor=reviewer, project=project, channel="Facebook", text="2,000")
    event_record(actor=reviewer, subject=said, type="deleted_by_author", reported_by_name="CNN")
    make_claim(reviewer, version, words="A family fled")
    hops = [HopInput(source_name="State Emergency Service", statement=said)]
    claim = make_claim(reviewer, version, words=WORDS, hops=[*hops, HopInput(source_name="CNN")])
    review_save(actor=reviewer, claim=claim, label="refuted")
    page = page_of(client_for(reviewer), version)
    assert page.index('id="row-2"') < page.index('id="row-1"')
    assert "State Emergency Service via CNN" in page
    assert "Deleted by its author – reported by CNN – standing: reported" in page
    assert 'data-label="refuted">Refuted' in page
    assert re.search(r'<mark id="claim-2" class="d1 k-refuted fallen"', page)


def test_discarded_claims_show_when_asked_for(client_for, reviewer, version):
    claim = make_claim(reviewer, version)
    claim_discard(actor=reviewer, claim=claim, reason="Twice")
    client = client_for(reviewer)
    assert "<mark" not in page_of(client, version)
    page = page_of(client, version, "?discarded=1")
    assert 'class="d1 off"' in page
    assert "Discarded" in page


def test_a_discarded_place_leaves_the_text(client_for, reviewer, version):
    mention = make_claim(reviewer, version).mentions.get()
    mention_discard(actor=reviewer, mention=mention)
    assert "<mark" not in page_of(client_for(reviewer), version)


def test_filters_narrow_the_list_and_not_the_text(client_for, reviewer, version):
    first = make_claim(reviewer, version, text="Alpha")
    make_claim(reviewer, version, words="A family fled", text="Beta")
    review_save(actor=reviewer, claim=first, label="supported")
    client = client_for(reviewer)
    for query in ("?label=supported", "?q=alph", "?q=1"):
        page = page_of(client, version, query)
        assert 'id="row-1"' in page
        assert 'id="row-2"' not in page
        assert page.count("<mark") == 2


def test_the_list_is_searched_by_everybody_who_said_it(client_for, reviewer, version):
    claim = make_claim(reviewer, version)
    mention_add(
        actor=reviewer,
        claim=claim,
        version=version,
        ranges=[place("A family fled")],
        hops=[HopInput(source_name="Olena Petrenko")],
    )
    make_claim(reviewer, version, words="a spokesman said")
    page = page_of(client_for(reviewer), version, "?q=petrenko")
    assert 'id="row-1"' in page
    assert 'id="row-2"' not in page


def test_a_claim_in_the_address_is_opened(client_for, reviewer, version):
    claim = make_claim(reviewer, version, text="Alpha")
    page = page_of(client_for(reviewer), version, f"?claim={claim.number}")
    assert 'class="opened opened--card"' in page
    assert "Save my judgement" in page
    for nonsense in ("?claim=99", "?claim=x"):
        assert "opened--card" not in page_of(client_for(reviewer), version, nonsense)


def test_older_versions_say_so_and_claims_of_them_are_listed_apart(client_for, reviewer, version):
    make_claim(reviewer, version, text="Said in the first")
    version_add(actor=reviewer, article=version.article, text=TEXT + "More.\n", origin="paste")
    client = client_for(reviewer)
    latest = page_of(client, version)
    assert 'id="elsewhere-1"' in latest
    assert "<mark" not in latest
    older = page_of(client, version, "?version=1")
    assert "You are reading version 1. Version 2 is the current text." in older
    assert "<mark" in older
    assert client.get(address_of(version, "?version=9")).status_code == 404


def test_a_reader_reads_and_is_offered_no_forms(client_for, reader, reviewer, version):
    make_claim(reviewer, version)
    page = page_of(client_for(reader), version, "?claim=1")
    assert "<mark" in page
    # But to be told of what happens to the article.
    followed = reverse("follow-start", kwargs={"slug": "desk"})
    forms = re.findall(r'method="post" action="([^"]*)"', page[page.index("<main") :])
    assert set(forms) <= {followed}


def test_a_hidden_article_shows_its_author_the_reason_only(
    client_for, reviewer, second_reviewer, moderator, version
):
    article = Article.objects.get()
    moderation.row_hide(actor=moderator, row=article, reason="Court order")
    page = page_of(client_for(reviewer), version)
    assert "Court order" in page
    assert "2,000 civilians" not in page
    assert client_for(second_reviewer).get(address_of(version)).status_code == 404
    assert "2,000 civilians" in page_of(client_for(moderator), version)


def test_a_locked_article_offers_marking_to_moderators_only(
    client_for, reviewer, moderator, version
):
    moderation.row_lock(actor=moderator, row=version.article, reason="Under dispute")
    page = page_of(client_for(reviewer), version)
    assert 'data-bar-action="claim"' not in page
    assert "Passage to quote" not in page
    assert 'data-bar-action="claim"' in page_of(client_for(moderator), version)


def test_a_version_is_offered_to_those_who_may_add_one(
    client_for, reader, reviewer, moderator, version
):
    address = reverse("version-create", kwargs={"slug": "desk", "uid": version.article.uid})
    assert f'href="{address}">Add a version</a>' in page_of(client_for(reviewer), version)
    assert client_for(reviewer).get(address).status_code == 200
    assert address not in page_of(client_for(reader), version)
    moderation.row_lock(actor=moderator, row=version.article, reason="Under dispute")
    page = page_of(client_for(reviewer), version)
    assert address not in page
    assert "Edit article" not in page
    assert address in page_of(client_for(moderator), version)


def test_outsiders_find_nothing(client_for, outsider, version):
    assert client_for(outsider).get(address_of(version)).status_code == 404


def test_names_and_claims_are_shown_as_text(client_for, reviewer, version):
    nasty = "<img src=x onerror=alert(1)>"
    make_claim(reviewer, version, text=nasty, hops=[HopInput(source_name=nasty)])
    page = page_of(client_for(reviewer), version, "?claim=1")
    assert nasty not in page
    assert "&lt;img src=x" in page


def test_a_hundred_mentions_ask_no_more_than_one(client_for, reviewer, project, version):
    client = client_for(reviewer)
    said = statement_create(actor=reviewer, project=project, channel="Facebook", text="2,000")
    event_record(actor=reviewer, subject=said, type="retracted", reported_by_name="CNN")
    hops = [HopInput(source_name="A", statement=said), HopInput(source_name="CNN")]

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page_of(client, version)
        return len(seen)

    review_save(actor=reviewer, claim=make_claim(reviewer, version, hops=hops), label="refuted")
    for_one = queries()
    for _ in range(99):
        claim = make_claim(reviewer, version, hops=hops)
        review_save(actor=reviewer, claim=claim, label="refuted")
    assert queries() == for_one


def test_who_may_not_judge_is_shown_no_judgement_of_their_own(
    client_for, project, reader, reviewer, version
):
    claim = make_claim(reviewer, version)
    for person, words in ((reader, False), (reviewer, True)):
        page = client_for(person).get(f"/p/desk/claims/{claim.number}/").content.decode()
        assert ("My judgement" in page) == words
        card = client_for(person).get(f"/p/desk/claims/{claim.number}/card/").content.decode()
        assert ("My label" in card) == words
