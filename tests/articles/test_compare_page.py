"""Any two versions of an article beside each other, or in one text."""

import pytest

from annotations.articles.services import version_add
from tests.material import make_article

pytestmark = pytest.mark.django_db
OLD = "Bridge closed\n\nThe mayor denied that 42 families had left.\n\nBuses ran.\n"
NEW = OLD.replace("denied", "did not deny").replace("42", "43")


@pytest.fixture
def article(project, reviewer):
    made = make_article(project, reviewer, text=OLD, title="Bridge closed")
    version_add(actor=reviewer, article=made, text=NEW)
    version_add(actor=reviewer, article=made, text=f"{NEW}\nUpdated at 9:00\n")
    return made


def page(client, article, query=""):
    answer = client.get(f"/p/desk/articles/{article.uid}/versions/compare/{query}")
    return answer.status_code, answer.content.decode()


def test_both_texts_stand_side_by_side_and_what_matters_stands_out(client_for, reader, article):
    status, shown = page(client_for(reader), article, "?from=1&to=2")
    assert status == 200
    assert "<strong>1 change</strong>" in shown
    assert '<del class="diff__telling">42</del>' in shown
    assert '<ins class="diff__telling">43</ins>' in shown
    assert '<ins class="diff__telling">not ' in shown
    for words in ("negation: 1", "number: 1"):
        assert f'<span class="badge badge--warn">{words}</span>' in shown
    assert shown.count("Buses ran.") == 1


def test_they_are_shown_in_one_text_on_demand(client_for, reader, article):
    _status, shown = page(client_for(reader), article, "?from=1&to=2&view=inline")
    assert '<del class="diff__telling">42</del><ins class="diff__telling">43</ins>' in shown


def test_the_latest_two_are_compared_unless_others_are_asked_for(client_for, reader, article):
    _status, shown = page(client_for(reader), article)
    assert "What changed from version 2 to 3" in shown
    assert "change--cosmetic" in shown
    assert "badge--warn" not in shown


def test_the_same_version_twice_and_an_only_one_say_so(client_for, reader, reviewer, article):
    client = client_for(reader)
    assert "one and the same version" in page(client, article, "?from=2&to=2")[1]
    alone = make_article(article.project, reviewer, text="Alone.\n")
    assert "one and the same version" in page(client, alone)[1]


@pytest.mark.parametrize("query", ["?from=9", "?to=x", "?from=0&to=1", "?to=1%00"])
def test_a_version_that_is_none_is_not_found(client_for, reader, article, query):
    assert page(client_for(reader), article, query)[0] == 404


def test_words_are_shown_as_words(client_for, reviewer, article):
    version_add(actor=reviewer, article=article, text="<script>alert(1)</script>\n")
    shown = page(client_for(reviewer), article)[1]
    assert "<script>alert" not in shown
    assert "<ins>&lt;</ins><ins>script</ins>" in shown


SAID = (
    "Bridge closed\n\nThe mayor denied it.\n\nHe had not seen “any warning,” he said."
    "\n\nShare this article on Facebook\n\nRead more: Five storms that shook the coast\n"
)


@pytest.mark.parametrize("view", ["sides", "inline"])
def test_quotations_and_denials_stand_out_from_what_the_page_writes_anew(
    client_for, reviewer, project, view
):
    made = make_article(project, reviewer, text=SAID, title="Bridge closed")
    changed = SAID.replace("any warning", "any signal").replace("denied", "confirmed")
    changed = changed.replace("on Facebook", "on X and Facebook").replace("Five", "Six")
    version_add(actor=reviewer, article=made, text=changed)
    shown = page(client_for(reviewer), made, f"?from=1&to=2&view={view}")[1]
    for words in ("denied", "warning"):
        assert f'<del class="diff__telling">{words}</del>' in shown
    for words in ("confirmed", "signal"):
        assert f'<ins class="diff__telling">{words}</ins>' in shown
    assert shown.count("diff__telling") == 4
    for words in ("negation: 1", "quotation: 1"):
        assert f'<span class="badge badge--warn">{words}</span>' in shown
    assert '<span class="badge badge--outline">cosmetic: 2</span>' in shown


def test_a_bare_time_of_update_is_cosmetic_and_not_offered_as_an_update(
    client_for, reviewer, project
):
    stamp = "Updated: 21 November 2026, 14:05. This page was read 8,777 times."
    made = make_article(project, reviewer, text=f"{OLD}\n{stamp}\n", title="Bridge closed")
    later = stamp.replace("14:05", "15:10").replace("8,777", "9,001")
    version_add(actor=reviewer, article=made, text=f"{OLD}\n{later}\n")
    shown = page(client_for(reviewer), made)[1]
    assert "change--cosmetic" in shown
    assert "notice_in" not in shown
