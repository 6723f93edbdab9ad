"""Pages about statements, what became of them, and who says things."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import bundles, events, ledger, looks_again, sources, statements

P = "p/<slug:slug>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{P}statements/", statements.statement_list, name="statement-list"),
    path(f"{P}statements/new/", statements.statement_create, name="statement-create"),
    path(f"{P}statements/<uuid:uid>/", statements.statement_detail, name="statement-detail"),
    path(f"{P}statements/<uuid:uid>/edit/", statements.statement_edit, name="statement-edit"),
    path(f"{P}statements/<uuid:uid>/events/new/", events.event_create, name="event-create"),
    path(
        f"{P}articles/<uuid:uid>/events/new/",
        events.event_create_article,
        name="event-create-article",
    ),
    path(f"{P}ledger/", ledger.ledger_list, name="ledger-page"),
    path(f"{P}looks-again/", looks_again.look_again_list, name="look-again-list"),
    path(f"{P}looks-again/<uuid:uid>/", looks_again.look_again_detail, name="look-again-detail"),
    path(f"{P}events/<uuid:uid>/", events.event_detail, name="event-detail"),
    path(f"{P}events/<uuid:uid>/texts/", ledger.event_texts, name="event-texts"),
    path(f"{P}events/<uuid:uid>/assess/", events.assessment_create, name="assessment-create"),
    path(f"{P}events/<uuid:uid>/bundles/", bundles.bundle_create, name="bundle-create"),
    path(f"{P}bundles/<uuid:uid>/", bundles.bundle_detail, name="bundle-detail"),
    path(f"{P}bundles/<uuid:uid>/file/", bundles.bundle_file, name="bundle-file"),
    path(f"{P}sources/", sources.source_list, name="source-list"),
    path(f"{P}sources/new/", sources.source_create, name="source-create"),
    path(f"{P}sources/<uuid:uid>/", sources.source_detail, name="source-detail"),
    path(f"{P}sources/<uuid:uid>/edit/", sources.source_edit, name="source-edit"),
    path(f"{P}sources/<uuid:uid>/aliases/", sources.source_alias_add, name="source-alias-add"),
    path(
        f"{P}sources/<uuid:uid>/aliases/remove/",
        sources.source_alias_remove,
        name="source-alias-remove",
    ),
]
