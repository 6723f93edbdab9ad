"""Making a claim through its form, as a browser without a script sends it."""

import re

import pytest
from django.urls import reverse

from annotations.models import Article, Claim, Review, Source
from annotations.moderation import services as moderation
from annotations.sources.services import alias_add, source_create
from tests.marking import WORDS, claim_fields, hop_fields, make_claim, make_version, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project)


@pytest.fixture
def address(version):
    return reverse("claim-create", kwargs={"slug": "desk", "uid": version.uid})


def test_the_form_offers_the_words_and_guesses_the_quote_type(
    client_for, reviewer, version, address
):
    start, end = place("We have lost count")
    page = client_for(reviewer).get(f"{address}?range={start}-{end}").content.decode()
    assert "We have lost count" in page
    assert '<option value="direct" selected>' in page
    assert f'value="{start}-{end}"' in page


def test_the_form_says_who_seems_to_speak(client_for, reviewer, version, address):
    start, end = place(WORDS)
    page = client_for(reviewer).get(f"{address}?range={start}-{end}").content.decode()
    assert 'data-speaker="The emergency service"' in page


def test_a_claim_is_made_with_chain_and_label(client_for, reviewer, version, address):
    sent = claim_fields(
        version,
        types=["numerical"],
        label="refuted",
        justification="The UN counted 136.",
        **hop_fields(
            {
                "source_name": "State Emergency Service",
                "said_on": "2022-03-02",
                "said_where": "Facebook",
                "role_at_time": "press office",
                "spokesperson_for": "Government",
                "attitude": "assertion",
                "cue_negated": "on",
            },
            {"source_name": "CNN", "hop_type": "quoted"},
        ),
    )
    answer = client_for(reviewer).post(address, sent)
    claim = Claim.objects.get()
    assert answer.status_code == 302
    assert answer.url.endswith(f"?version=1&claim={claim.number}#claim-{claim.number}")
    mention = claim.mentions.get()
    assert mention.span.ranges.get().exact == WORDS
    first, second = mention.attributions.order_by("order")
    assert (first.source.name, first.said_on, first.said_where) == (
        "State Emergency Service",
        "2022-03-02",
        "Facebook",
    )
    assert first.spokesperson_for.name == "Government"
    assert first.cue_negated is True
    assert first.original_located == "not_searched"
    assert (second.source.name, second.hop_type) == ("CNN", "quoted")
    assert Review.objects.get(claim=claim).label == "refuted"


def test_an_alias_leads_to_its_source(client_for, reviewer, project, version, address):
    known = source_create(actor=reviewer, project=project, name="Volodymyr Zelenskyy")
    alias_add(actor=reviewer, source=known, name="Zelensky")
    sent = claim_fields(version, **hop_fields({"source_name": "zelensky"}))
    client_for(reviewer).post(address, sent)
    assert Claim.objects.get().mentions.get().attributions.get().source == known
    assert Source.objects.count() == 1


def test_sending_the_form_twice_makes_one_claim(client_for, reviewer, version, address):
    client, sent = client_for(reviewer), claim_fields(version)
    first, second = client.post(address, sent), client.post(address, sent)
    assert first.url == second.url
    assert Claim.objects.count() == 1


def test_line_ends_do_not_make_it_another_form(client_for, reviewer, version, address):
    client = client_for(reviewer)
    sent = claim_fields(version, label="refuted")
    client.post(address, sent | {"justification": "One.\nTwo."})
    client.post(address, sent | {"justification": "One.\r\nTwo."})
    assert Claim.objects.count() == 1


def test_a_changed_form_under_the_same_key_is_asked_about(client_for, reviewer, version, address):
    client = client_for(reviewer)
    client.post(address, claim_fields(version))
    changed = claim_fields(version, text="Something else.")
    refused = client.post(address, changed)
    assert refused.status_code == 400
    page = refused.content.decode()
    # Both are in sight: what was stored, and what was typed since.
    assert "This form was saved before, with other words." in page
    assert "Open claim 1" in page
    assert "Something else." in page
    assert Claim.objects.count() == 1
    key = re.search(r'name="key" value="([0-9a-f-]+)"', page)
    assert key
    assert key[1] != changed["key"]
    client.post(address, changed | {"key": key[1]})
    assert Claim.objects.count() == 2


def test_several_ranges_make_one_claim(client_for, reviewer, version, address):
    sent = claim_fields(version, "more than 2,000", "civilians were killed")
    client_for(reviewer).post(address, sent)
    ranges = Claim.objects.get().mentions.get().span.ranges.order_by("n")
    assert [one.exact for one in ranges] == ["more than 2,000", "civilians were killed"]


def test_a_passage_already_claimed_is_said_first(client_for, reviewer, version, address):
    claim = make_claim(reviewer, version)
    start, end = place(WORDS)
    page = client_for(reviewer).get(f"{address}?range={start}-{end}").content.decode()
    assert "This passage is already claimed" in page
    assert f"claim={claim.number}#claim-{claim.number}" in page


def test_another_text_under_the_form_is_a_conflict(client_for, reviewer, version, address):
    sent = claim_fields(version, content_hash="0" * 64)
    answer = client_for(reviewer).post(address, sent)
    assert answer.status_code == 400
    assert "another one than when you selected" in answer.content.decode()
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("text", "", "required"),
        ("range", ["5-5"], "empty"),
        ("range", ["0-999999"], "outside the text"),
        ("range", ["nonsense"], "not a place in the text"),
        ("range", [], "Select some text first"),
        ("label", "maybe", "not one of"),
        ("hops-0-said_on", "the day before", "be"),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence(
    client_for, reviewer, version, address, name, value, says
):
    answer = client_for(reviewer).post(address, claim_fields(version, **{name: value}))
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Claim.objects.exists()


def test_an_empty_chain_names_nobody(client_for, reviewer, version, address):
    client_for(reviewer).post(address, claim_fields(version, **hop_fields({})))
    assert not Claim.objects.get().mentions.get().attributions.exists()


def test_no_source_is_a_hop_of_its_own(client_for, reviewer, version, address):
    sent = claim_fields(version, **hop_fields({"source_given": "none"}))
    client_for(reviewer).post(address, sent)
    assert Claim.objects.get().mentions.get().attributions.get().source_given == "none"


def test_the_button_without_a_script_adds_a_step(client_for, reviewer, version, address):
    answer = client_for(reviewer).post(address, claim_fields(version, more_hops="1"))
    page_of_answer = answer.content.decode()
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="hops-1-source_name"' in page
    assert "More than 2,000 civilians were killed." in page
    assert not Claim.objects.exists()
    # The new step says of the original what an untouched one says: that nobody has searched.
    chosen = re.search(
        r'name="hops-1-original_located".*?<option value="([a-z_]*)" selected', page_of_answer, re.S
    )
    assert chosen[1] == "not_searched"


def test_readers_may_not(client_for, reader, version, address):
    answer = client_for(reader).post(address, claim_fields(version))
    assert answer.status_code == 403
    assert not Claim.objects.exists()


def test_a_version_of_another_project_is_not_found(
    client_for, outsider, reviewer, other_project, version
):
    theirs = make_version(outsider, other_project)
    address = reverse("claim-create", kwargs={"slug": "desk", "uid": theirs.uid})
    assert client_for(reviewer).post(address, claim_fields(theirs)).status_code == 404
    assert not Claim.objects.exists()


def test_a_hidden_article_is_not_found(client_for, reviewer, moderator, version, address):
    article = Article.objects.get()
    moderation.row_hide(actor=moderator, row=article, reason="Private")
    assert client_for(reviewer).get(f"{address}?range=0-5").status_code == 404


def test_passages_are_found_and_listed_with_context(client_for, reviewer, project):
    version = make_version(reviewer, project, "He said it. She said it twice.\n\nSaid & done.")
    address = reverse("passage-find", kwargs={"slug": "desk", "uid": version.uid})
    client = client_for(reviewer)
    several = client.get(address, {"q": "said it"}).content.decode()
    assert "2 places" in several
    assert "range=3-10" in several
    one = client.get(address, {"q": "Said & done"})
    assert one.status_code == 302
    start = version.text.index("Said &")
    assert f"range={start}-{start + 11}" in one.url
    none = client.get(address, {"q": "nowhere"}).content.decode()
    assert "do not stand in the text" in none


def test_typed_names_are_suggested_with_whom_they_mean(client_for, reviewer, project):
    known = source_create(actor=reviewer, project=project, name="Volodymyr Zelenskyy")
    alias_add(actor=reviewer, source=known, name="Zelensky")
    address = reverse("source-suggest", kwargs={"slug": "desk"})
    found = client_for(reviewer).get(address, {"q": "ZELENSKY"}).json()
    assert found["names"][0] == {"name": "Zelensky", "means": "Volodymyr Zelenskyy"}
    assert found["means"]["name"] == "Volodymyr Zelenskyy"


def test_text_is_shown_as_text(client_for, reviewer, project):
    nasty = 'He said <script>alert(1)</script> & "more" </p><img src=x onerror=alert(2)>.'
    version = make_version(reviewer, project, nasty, title="<b>Title</b>")
    address = reverse("claim-create", kwargs={"slug": "desk", "uid": version.uid})
    page = client_for(reviewer).get(f"{address}?range=0-{len(nasty)}").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%C2%B2", "claim=%C2%B2", "claim=99999999999999999999"]
)
def test_nonsense_in_the_address_is_no_fault(client_for, reviewer, version, query):
    make_claim(reviewer, version)
    client = client_for(reviewer)
    place = {"slug": "desk", "uid": version.uid}
    asked = [
        f"{reverse('mention-create', kwargs=place)}?range=0-5&{query}",
        f"{reverse('passage-find', kwargs=place)}?{query}",
        f"{reverse('source-suggest', kwargs={'slug': 'desk'})}?{query}",
        f"{reverse('claim-list', kwargs={'slug': 'desk'})}?{query}",
        reverse("workbench", kwargs={"slug": "desk", "uid": version.article.uid}) + f"?{query}",
    ]
    for address in asked:
        assert client.get(address).status_code in (200, 400, 404), address
