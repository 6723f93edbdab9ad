"""Pages that decide of claims, and what the project has published."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import verdicts

P = "p/<slug:slug>/"
CLAIM = f"{P}claims/<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{P}verdicts/", verdicts.verdict_list, name="verdict-list"),
    path(f"{CLAIM}adjudicate/", verdicts.claim_adjudicate, name="claim-adjudicate"),
    path(f"{CLAIM}publish/", verdicts.verdict_publish, name="verdict-publish"),
    path(f"{CLAIM}reopen/", verdicts.claim_reopen, name="claim-reopen"),
    path(f"{P}verdicts/<uuid:uid>/rescind/", verdicts.verdict_rescind, name="verdict-rescind"),
]
