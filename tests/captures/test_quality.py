"""Telling a real page from what only looks like one."""

from dataclasses import replace

import pytest

from annotations.captures.choices import REASONS, PageKindChoices, reason_words
from annotations.captures.failures import FailureCode
from annotations.captures.page import Page, decode_page, page_read
from annotations.captures.page_child import read_page
from annotations.captures.quality import CLEAN_ABSENCES, UNDECIDED, PageKind, Seen, judge
from annotations.captures.quality_words import TOMBSTONES, Removal, folded
from annotations.lifecycle.choices import EventType
from tests.captures import pages

URL = "https://daily.test/2022/03/tolls"


def read(source):
    """What a page shows, read in this process: a process for each takes time; these are tame."""
    return Page(**read_page(source))


def seen(source="", *, asked=URL, final=None, status=200, kind="text/html", **more):
    """What is judged of a page."""
    body = source.encode()
    is_text = kind.startswith("text/")
    return Seen(
        asked=asked,
        final_url=final or asked,
        status=status,
        media_type=kind,
        size=len(body),
        page=read(source) if body and is_text else Page(),
        **more,
    )


def kind_of(*args, **more):
    """The kind, with the proof that its reasons can be told to a person."""
    quality = judge(seen(*args, **more))
    assert 0 <= quality.score <= 100
    assert all(reason_words(reason) for reason in quality.reasons)
    assert quality.is_good == (quality.kind in ("page", "file") and quality.score >= 60)
    return quality.kind


@pytest.mark.parametrize("source", [pages.ARTICLE, pages.UKRAINIAN])
def test_an_article_is_a_page_without_a_fault(source):
    quality = judge(seen(source))
    assert (quality.kind, quality.score, quality.reasons) == (PageKind.PAGE, 100, ())
    assert quality.is_good


def test_a_short_post_is_a_page_and_good_enough():
    source = pages.short(
        "A post", "Today 498 of our soldiers were killed, says the ministry.", "x" * 99
    )
    quality = judge(seen(source))
    assert quality.kind == PageKind.PAGE
    assert quality.is_good
    assert quality.reasons == ("short", "few_paragraphs")


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (pages.BLOCKS, PageKind.BLOCK),
        (pages.CONSENTS, PageKind.CONSENT_WALL),
        (pages.LOGINS, PageKind.LOGIN_WALL),
        (pages.MISSING, PageKind.SOFT_NOT_FOUND),
        (pages.SHELLS, PageKind.EMPTY_SHELL),
    ],
)
def test_what_comes_with_200_and_is_no_page(table, kind):
    assert {name: kind_of(source) for name, source in table.items()} == dict.fromkeys(table, kind)


@pytest.mark.parametrize(("host", "notice", "removal"), pages.TOMBSTONES)
def test_known_tombstones_tell_what_became_of_it(host, notice, removal):
    address = f"https://{host}/some/post/123"
    quality = judge(seen(pages.short("Network", notice), asked=address))
    assert (quality.kind, quality.removal) == (PageKind.TOMBSTONE, removal)
    assert quality.reasons == (f"removal:{removal}",)


@pytest.mark.parametrize("host", sorted({host for host, _n, _r in pages.TOMBSTONES}))
def test_an_article_that_quotes_a_tombstone_is_none(host):
    quoted = "".join(f"<p>{pages.SENTENCE}“{notice}”</p>" for _h, notice, _r in pages.TOMBSTONES)
    source = pages.ARTICLE.replace("</h1>", "</h1>" + quoted)
    assert kind_of(source, asked=f"https://{host}/post/1") == PageKind.PAGE


def test_what_one_platform_says_is_no_tombstone_elsewhere():
    source = pages.short("Daily", "Post not found is the name of our column.", pages.SENTENCE)
    assert kind_of(source, asked="https://daily.test/column") == PageKind.PAGE
    assert kind_of(source, asked="https://t.me/daily/5") == PageKind.TOMBSTONE


def test_news_of_a_removal_is_no_removal():
    source = pages.short(
        "Ministry takes its figure back",
        f"“This statement has been removed”, the page now says. {pages.SENTENCE}",
        pages.SENTENCE,
    )
    assert kind_of(source) == PageKind.PAGE


def test_a_headline_with_a_number_is_not_an_error():
    source = pages.short("404 soldiers were found alive", pages.SENTENCE)
    assert kind_of(source) == PageKind.PAGE


def test_an_article_under_a_banner_or_beside_a_form_is_a_page():
    walls = (
        "We value your privacy. Accept all. <form>Log in to continue <input type=password></form>"
    )
    source = pages.ARTICLE.replace("<nav>", f"<div>{walls}</div><nav>")
    assert kind_of(source) == PageKind.PAGE


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (304, PageKind.UNCHANGED),
        (400, PageKind.REFUSED),
        (401, PageKind.LOGIN_WALL),
        (402, PageKind.LOGIN_WALL),
        (403, PageKind.BLOCK),
        (404, PageKind.NOT_FOUND),
        (405, PageKind.REFUSED),
        (410, PageKind.GONE),
        (429, PageKind.THROTTLED),
        (451, PageKind.BLOCK),
        (500, PageKind.SERVER_ERROR),
        (502, PageKind.SERVER_ERROR),
        (503, PageKind.THROTTLED),
        (522, PageKind.SERVER_ERROR),
    ],
)
@pytest.mark.parametrize("source", ["", pages.ARTICLE])
def test_a_status_says_what_it_is(status, kind, source):
    assert kind_of(source, status=status) == kind


@pytest.mark.parametrize("status", [403, 404, 410, 500, 503])
@pytest.mark.parametrize("name", pages.BLOCKS)
def test_whoever_keeps_us_out_with_a_404_proves_no_absence(status, name):
    assert kind_of(pages.BLOCKS[name], status=status) == PageKind.BLOCK


@pytest.mark.parametrize("status", [429, 503])
def test_a_throttle_says_for_how_long(status):
    quality = judge(seen(pages.BLOCKS["challenge"], status=status, retry_after=120))
    assert (quality.kind, quality.score) == (PageKind.THROTTLED, 0)
    assert quality.reasons == (f"status:{status}", "retry_after:120")


def test_another_sites_404_says_nothing_of_the_page():
    assert kind_of(status=404, final="https://parking.test/x") == PageKind.SOFT_NOT_FOUND
    assert (
        kind_of(status=404, final="https://www.daily.test/404", redirects=1) == PageKind.NOT_FOUND
    )


@pytest.mark.parametrize(
    ("asked", "final", "is_home"),
    [
        ("/2022/03/tolls", "/", True),
        ("/2022/03/tolls", "/en/", True),
        ("/2022/03/tolls", "/uk", True),
        ("/2022/03/tolls", "/index.html", True),
        ("/?p=123", "/", True),
        ("/2022/03/tolls", "/2022/03/tolls-differ", False),
        ("/", "/en/", False),
        ("/2022/03/tolls", "/?p=123", False),
    ],
)
def test_a_page_that_leads_to_the_front_door_is_not_that_page(asked, final, is_home):
    kind = kind_of(
        pages.ARTICLE, asked=f"https://daily.test{asked}", final=f"https://daily.test{final}",
        redirects=1,
    )  # fmt: skip
    assert (kind == PageKind.HOME_PAGE) == is_home


@pytest.mark.parametrize("path", ["/login?next=/tolls", "/accounts/login/", "/i/flow/login"])
def test_a_page_that_leads_to_a_sign_in_is_a_login_wall(path):
    final = f"https://daily.test{path}"
    assert kind_of(pages.short("Welcome", "Hello"), final=final, redirects=1) == PageKind.LOGIN_WALL


@pytest.mark.parametrize("code", FailureCode)
def test_no_answer_is_never_an_absence(code):
    quality = judge(Seen(asked=URL, final_url=URL, failure=code))
    assert quality.kind in UNDECIDED
    assert quality.score == 0
    assert reason_words(quality.reasons[0])


def test_files_and_empty_answers():
    assert kind_of("%PDF-1.7", kind="application/pdf") == PageKind.FILE
    assert kind_of("", kind="application/pdf") == PageKind.EMPTY_SHELL
    assert kind_of("") == PageKind.EMPTY_SHELL
    assert kind_of(pages.SENTENCE * 9, kind="text/plain") == PageKind.PAGE
    plain = page_read(b"One\n two  <p>", is_html=False)
    assert (plain.text, plain.title) == ("One two <p>", "")


def test_letters_that_are_lost_cost_a_page_its_worth():
    source = pages.UKRAINIAN.replace("<head>", "<head><meta charset=utf-8>")
    body = source.encode("cp1251")
    page = page_read(body, charset="utf-8")
    assert page.is_garbled
    quality = judge(Seen(asked=URL, final_url=URL, status=200, media_type="text/html",
                         size=len(body), page=page))  # fmt: skip
    assert quality.reasons == ("letters_lost",)
    assert not quality.is_good


@pytest.mark.parametrize(
    ("body", "charset", "text", "encoding"),
    [
        ("Київ".encode(), "", "Київ", "utf-8"),
        ("Київ".encode("cp1251"), "windows-1251", "Київ", "windows-1251"),
        ("<meta charset=koi8-u>Київ".encode("koi8-u"), "", "<meta charset=koi8-u>Київ", "koi8-u"),
        # A header that does not fit is not believed.
        ("<meta charset=cp866>Т".encode("cp866"), "utf-8", "<meta charset=cp866>Т", "cp866"),
        ("Київ".encode("utf-16"), "utf-8", "Київ", "utf-16"),
        ("\ufeffКиїв".encode(), "windows-1251", "Київ", "utf-8-sig"),
        (b"caf\xe9", "iso-8859-1", "café", "iso-8859-1"),
        ("Київ".encode(), "rot13", "Київ", "utf-8"),
        ("Київ".encode(), "no-such", "Київ", "utf-8"),
        ("Київ".encode(), "base64", "Київ", "utf-8"),
    ],
)  # fmt: skip
def test_a_page_is_read_in_the_encoding_that_fits(body, charset, text, encoding):
    assert decode_page(body, charset) == (text, encoding, False)


def test_what_a_page_shows_is_what_a_reader_sees():
    source = (
        "<html><head><title> Tolls \n differ </title><link rel=canonical href=/a></head><body>"
        "<p>One<b>two</b></p><p hidden>gone</p><script>no</script><style>no</style>"
        "<div style='display: none'>no</div><li>three</li><!-- no --><template>no</template></body>"
    )
    page = page_read(source.encode())
    assert page == replace(read(source), encoding="utf-8")
    assert page.text == "Onetwo three"
    assert (page.title, page.canonical, page.scripts) == ("Tolls differ", "/a", 1)


@pytest.mark.parametrize(
    "source",
    ["<div>" * 100_000 + "x", "<" * 300_000, "<a b='" * 100_000, "&" * 300_000, "\0\0<p>\0x",
     "<p>" + "&#1114112;" * 1000, "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><p>&a;</p>"],
    ids=["deep", "open", "attributes", "entities", "nul", "references", "doctype"],
)  # fmt: skip
def test_a_hostile_page_is_read_within_its_bounds_or_not_at_all(source):
    page = page_read(source.encode())
    assert page.is_broken or page.text is not None
    assert "\0" not in page.text


def test_all_kinds_reasons_and_removals_have_words():
    assert [kind.value for kind in PageKind] == PageKindChoices.values
    assert {one.value for one in Removal} <= set(EventType.values)
    assert {PageKind.NOT_FOUND, PageKind.GONE, PageKind.TOMBSTONE} == CLEAN_ABSENCES
    assert "status" in REASONS


def test_phrases_are_written_as_words_are_folded():
    for stone in TOMBSTONES:
        for phrase in stone.phrases:
            assert phrase == folded(phrase)
            assert len(phrase) > 8
