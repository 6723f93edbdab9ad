"""Pages about evidence, and what it says of claims."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import evidence, evidence_links, evidence_write

P = "p/<slug:slug>/"
CLAIM = f"{P}claims/<int:number>/evidence/"
ONE = f"{P}evidence/<uuid:uid>/"
LINK = f"{P}evidence-links/<uuid:uid>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{CLAIM}new/", evidence_write.evidence_create, name="evidence-create"),
    path(f"{CLAIM}attach/", evidence_links.evidence_attach, name="evidence-attach"),
    path(ONE, evidence.evidence_detail, name="evidence-detail"),
    path(f"{ONE}edit/", evidence_write.evidence_edit, name="evidence-edit"),
    path(f"{ONE}file/", evidence.evidence_file, name="evidence-file"),
    path(
        f"{ONE}independence/",
        evidence.evidence_independence,
        name="evidence-independence",
    ),
    path(f"{ONE}discard/", evidence.evidence_discard, name="evidence-discard"),
    path(f"{ONE}restore/", evidence.evidence_restore, name="evidence-restore"),
    path(f"{LINK}edit/", evidence_links.evidence_link_edit, name="evidence-link-edit"),
    path(f"{LINK}discard/", evidence_links.evidence_link_discard, name="evidence-link-discard"),
    path(f"{LINK}restore/", evidence_links.evidence_link_restore, name="evidence-link-restore"),
]
