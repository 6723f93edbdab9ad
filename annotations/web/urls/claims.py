"""Pages of the workbench, of claims, their mentions and my judgement of them."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import (
    claims,
    claims_suggest,
    claims_write,
    drafts,
    mentions,
    mentions_move,
    mentions_write,
    reviews,
    workbench,
    workbench_live,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:slug>/articles/<uuid:uid>/", workbench.workbench, name="workbench"),
    path("p/<slug:slug>/versions/<uuid:uid>/live/", workbench_live.live, name="claim-live"),
    path("p/<slug:slug>/versions/<uuid:uid>/blocks/", workbench_live.blocks, name="claim-blocks"),
    path("p/<slug:slug>/versions/<uuid:uid>/rows/", workbench.claim_rows, name="claim-rows"),
    path(
        "p/<slug:slug>/versions/<uuid:uid>/passages/",
        claims_suggest.passage_find,
        name="passage-find",
    ),
    path(
        "p/<slug:slug>/versions/<uuid:uid>/claims/new/",
        claims_write.claim_create,
        name="claim-create",
    ),
    path(
        "p/<slug:slug>/versions/<uuid:uid>/mentions/new/",
        mentions.mention_create,
        name="mention-create",
    ),
    path("p/<slug:slug>/drafts/", drafts.draft_list, name="draft-list"),
    path("p/<slug:slug>/drafts/<str:about>/", drafts.draft, name="draft"),
    path("p/<slug:slug>/claims/", claims.claim_list, name="claim-list"),
    path("p/<slug:slug>/claims/<int:number>/", claims.claim_detail, name="claim-detail"),
    path("p/<slug:slug>/claims/<int:number>/card/", workbench.claim_card, name="claim-card"),
    path("p/<slug:slug>/claims/<int:number>/edit/", claims_write.claim_edit, name="claim-edit"),
    path(
        "p/<slug:slug>/claims/<int:number>/discard/",
        claims_write.claim_discard,
        name="claim-discard",
    ),
    path(
        "p/<slug:slug>/claims/<int:number>/restore/",
        claims_write.claim_restore,
        name="claim-restore",
    ),
    path("p/<slug:slug>/claims/<int:number>/review/", reviews.review_save, name="review-save"),
    path(
        "p/<slug:slug>/claims/<int:number>/review/discard/",
        reviews.review_discard,
        name="review-discard",
    ),
    path(
        "p/<slug:slug>/claims/<int:number>/review/restore/",
        reviews.review_restore,
        name="review-restore",
    ),
    path("p/<slug:slug>/mentions/<uuid:uid>/edit/", mentions.mention_edit, name="mention-edit"),
    path(
        "p/<slug:slug>/mentions/<uuid:uid>/move/",
        mentions_move.mention_move,
        name="mention-move",
    ),
    path(
        "p/<slug:slug>/mentions/<uuid:uid>/discard/",
        mentions_write.mention_discard,
        name="mention-discard",
    ),
    path(
        "p/<slug:slug>/mentions/<uuid:uid>/restore/",
        mentions_write.mention_restore,
        name="mention-restore",
    ),
    path("p/<slug:slug>/sources/suggest/", claims_suggest.source_suggest, name="source-suggest"),
]
