"""Files handed in with evidence: what is taken, what comes back, and the same form sent twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.models import Evidence
from tests.evidence.forms import address, fields

pytestmark = pytest.mark.django_db


def test_a_file_is_handed_in_and_comes_back_as_a_download_only(
    client_for, project, reviewer, reader, form_page
):
    words = "Підтверджено: 136\n".encode()
    file = SimpleUploadedFile("звіт «1».txt", words, content_type="text/html")
    assert client_for(reviewer).post(form_page, fields(file=file)).status_code == 302
    made = Evidence.objects.get()
    answer = client_for(reader).get(address("evidence-file", project, uid=made.uid))
    assert answer.content == words
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


HOSTILE = {
    "page called a picture": ("cat.png", b"<html><script>alert(1)</script>"),
    "drawing": ("map.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "picture with a page behind it": ("a.gif", b"GIF89a" + b"\0" * 9 + b";<script>"),
    "empty": ("empty.pdf", b""),
    "NUL": ("words.txt", b"words\0"),
    "program": ("report.pdf", b"MZ\x90\x00"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_its_field_and_the_words_are_kept(
    client_for, reviewer, form_page, name
):
    file = SimpleUploadedFile(*HOSTILE[name])
    answer = client_for(reviewer).post(form_page, fields(file=file))
    assert answer.status_code == 400
    assert "file" in answer.context["form"].errors
    page = answer.content.decode()
    assert "136 killed" in page
    assert "Choose the file again" in page
    # The field is further down than a screen: the way there stands at the top.
    top, form = page.index('role="alert"'), page.index("136 killed")
    assert top < page.index('<a href="#id_file">File</a>:') < form
    assert not Evidence.objects.exists()


def test_a_file_over_the_limit_is_refused_at_its_field(client_for, reviewer, form_page, settings):
    settings.EVIDENCE_FILE_BYTES = 1024
    file = SimpleUploadedFile("long.txt", b"a" * 1025)
    answer = client_for(reviewer).post(form_page, fields(file=file))
    assert "file" in answer.context["form"].errors


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "a\r\nSet-Cookie: x.txt", 'a"b;c.txt', "\u202egpj.exe"]
)
def test_an_odd_name_breaks_no_header(client_for, project, reviewer, form_page, name):
    client = client_for(reviewer)
    client.post(form_page, fields(file=SimpleUploadedFile(name, b"words")))
    made = Evidence.objects.get()
    assert "/" not in made.file_name
    assert made.file_name.isprintable()
    answer = client.get(address("evidence-file", project, uid=made.uid))
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers


def test_the_same_form_sent_twice_makes_one_piece(client_for, reviewer, form_page):
    client, form = client_for(reviewer), fields()
    assert client.post(form_page, form).url == client.post(form_page, form).url
    assert Evidence.objects.count() == 1


def test_the_same_form_with_another_file_is_not_taken_for_the_first(
    client_for, reviewer, form_page
):
    client, form = client_for(reviewer), fields()
    client.post(form_page, {**form, "file": SimpleUploadedFile("a.txt", b"One")})
    answer = client.post(form_page, {**form, "file": SimpleUploadedFile("a.txt", b"Two")})
    assert answer.status_code == 400
    assert "saved before" in answer.content.decode()
