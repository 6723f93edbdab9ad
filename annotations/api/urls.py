"""The REST API, its schema and docs, and the health checks."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from annotations.api.health import healthz, readyz
from annotations.api.routes import (
    ADD,
    CHANGE,
    DISCARD,
    FILE,
    LIST,
    READ,
    RESTORE,
    Actions,
    rows,
)
from annotations.api.urls_lifecycle import lifecycle_urls
from annotations.api.views.agreement import AgreementView
from annotations.api.views.articles import ArticleViewSet, VersionViewSet
from annotations.api.views.assignments import AssignmentViewSet
from annotations.api.views.capture_files import CaptureFilesView, CaptureWaczView, CaptureWarcView
from annotations.api.views.captures import CaptureViewSet
from annotations.api.views.claim_evidence import ClaimEvidenceViewSet
from annotations.api.views.claims import ClaimViewSet
from annotations.api.views.comments import CommentViewSet
from annotations.api.views.dashboard import DashboardView
from annotations.api.views.documents import DocsView, SchemaView
from annotations.api.views.evidence import EvidenceFileView, EvidenceViewSet
from annotations.api.views.export import ExportView
from annotations.api.views.flags import FlagViewSet
from annotations.api.views.ledger import LedgerView
from annotations.api.views.mentions import MentionViewSet
from annotations.api.views.merges import ClaimMergeView, SourceMergeView
from annotations.api.views.notifications import FollowViewSet, NotificationViewSet
from annotations.api.views.placements import PlacementViewSet
from annotations.api.views.projects import MembershipViewSet, ProjectsViewSet, ProjectView
from annotations.api.views.reviews import ReviewViewSet
from annotations.api.views.root import RootView, nothing_here
from annotations.api.views.rounds import RoundViewSet, SpanAgreementView
from annotations.api.views.sources import AliasViewSet, SourceViewSet
from annotations.api.views.standards import GuidelineViewSet, ScaleViewSet
from annotations.api.views.statements import StatementViewSet
from annotations.api.views.uploads import UploadViewSet
from annotations.api.views.verdicts import (
    AdjudicationViewSet,
    ClaimPublicationView,
    VerdictViewSet,
)

# What is done with a round, and what was marked in it side by side.
ROUND_ACTIONS: tuple[tuple[str, str, Actions], ...] = (
    ("people", "person-add", {"post": "add_person"}),
    ("people/withdraw", "person-withdraw", {"post": "withdraw_person"}),
    ("call-off", "call-off", {"post": "call_off"}),
    ("hand-in", "hand-in", {"post": "hand_in"}),
    ("take-back", "take-back", {"post": "take_back"}),
    ("groups", "groups", {"get": "groups"}),
    ("accept", "accept", {"post": "accept"}),
    ("accept-same", "accept-same", {"post": "accept_same"}),
    ("reject", "reject", {"post": "reject"}),
    ("finish", "finish", {"post": "finish"}),
)


def _assignment_deeds() -> list[URLPattern]:
    """Return what can be done with assignments: with many of them, and with one."""
    many, one = ("reassign", "withdraw"), ("heartbeat", "hand-back", "send-back")
    routes = {f"assignments/{deed}/": deed for deed in many}
    routes |= {f"assignments/<uuid:uid>/{deed}/": deed for deed in one}
    return [
        path(
            route,
            AssignmentViewSet.as_view({"post": deed.replace("-", "_")}),
            name=f"api-assignment-{deed}",
        )
        for route, deed in routes.items()
    ]


# Everything lies below its project, because a row is looked up in the project it is asked for in:
# a uid of another project is 404 by construction.
project_urls: list[URLPattern | URLResolver] = [
    path("", ProjectView.as_view(CHANGE), name="api-project"),
    path("ledger.atom", LedgerView.as_view({"get": "atom"}), name="api-ledger-feed"),
    path("ledger.csv", LedgerView.as_view({"get": "csv"}), name="api-ledger-table"),
    path("export/", ExportView.as_view({"get": "export"}), name="api-export"),
    path("agreement/", AgreementView.as_view({"get": "agreement"}), name="api-agreement"),
    path(
        "agreement/spans/",
        SpanAgreementView.as_view({"get": "agreement"}),
        name="api-span-agreement",
    ),
    *rows("rounds/", "round", RoundViewSet, on_list=ADD, on_row=READ),
    *[
        path(f"rounds/<uuid:uid>/{route}/", RoundViewSet.as_view(action), name=f"api-round-{name}")
        for route, name, action in ROUND_ACTIONS
    ],
    *rows("memberships/", "membership", MembershipViewSet, on_list=LIST, on_row=READ),
    *rows("articles/", "article", ArticleViewSet, on_list=ADD, on_row=CHANGE),
    *rows(
        "articles/<uuid:article_uid>/versions/",
        "version",
        VersionViewSet,
        on_list=ADD,
        on_row=READ,
    ),
    path("uploads/", UploadViewSet.as_view({"post": "create"}), name="api-uploads"),
    path("uploads/<uuid:uid>/", UploadViewSet.as_view(READ), name="api-upload"),
    *[
        path(
            f"uploads/<uuid:uid>/{deed}/",
            UploadViewSet.as_view({"post": deed}),
            name=f"api-upload-{deed}",
        )
        for deed in ("again", "save")
    ],
    path(
        "articles/<uuid:article_uid>/refresh/",
        UploadViewSet.as_view({"post": "refresh"}),
        name="api-article-refresh",
    ),
    *rows("captures/", "capture", CaptureViewSet, on_list=ADD, on_row=READ),
    path(
        "captures/files/",
        CaptureFilesView.as_view({"post": "hand_in"}),
        name="api-capture-files",
    ),
    path("captures/wacz/", CaptureWaczView.as_view({"get": "fetch"}), name="api-captures-wacz"),
    path(
        "captures/<uuid:uid>/warc/",
        CaptureWarcView.as_view({"get": "fetch"}),
        name="api-capture-warc",
    ),
    *rows("claims/", "claim", ClaimViewSet, on_list=ADD, on_row=DISCARD),
    path("claims/<uuid:uid>/restore/", ClaimViewSet.as_view(RESTORE), name="api-claim-restore"),
    path(
        "claims/<uuid:uid>/merge/",
        ClaimMergeView.as_view({"post": "merge"}),
        name="api-claim-merge",
    ),
    *rows(
        "claims/<uuid:claim_uid>/mentions/",
        "mention",
        MentionViewSet,
        on_list=ADD,
        on_row=DISCARD,
    ),
    path(
        "claims/<uuid:claim_uid>/mentions/<uuid:uid>/restore/",
        MentionViewSet.as_view(RESTORE),
        name="api-mention-restore",
    ),
    *rows("placements/", "placement", PlacementViewSet, on_list=LIST, on_row=CHANGE),
    *rows(
        "claims/<uuid:claim_uid>/evidence/",
        "claim-evidence",
        ClaimEvidenceViewSet,
        on_list=ADD,
        on_row=DISCARD,
    ),
    path(
        "claims/<uuid:claim_uid>/evidence/warnings/",
        ClaimEvidenceViewSet.as_view({"get": "warn"}),
        name="api-claim-evidence-warnings",
    ),
    path(
        "claims/<uuid:claim_uid>/evidence/<uuid:uid>/restore/",
        ClaimEvidenceViewSet.as_view(RESTORE),
        name="api-claim-evidence-restore",
    ),
    *rows(
        "claims/<uuid:claim_uid>/comments/",
        "comment",
        CommentViewSet,
        on_list=ADD,
        on_row=DISCARD,
    ),
    *[
        path(
            f"claims/<uuid:claim_uid>/comments/<uuid:uid>/{deed}/",
            CommentViewSet.as_view({"post": deed}),
            name=f"api-comment-{deed}",
        )
        for deed in ("restore", "resolve", "reopen")
    ],
    path(
        "notifications/read-all/",
        NotificationViewSet.as_view({"post": "read_all"}),
        name="api-notifications-read",
    ),
    path(
        "notifications/<uuid:uid>/read/",
        NotificationViewSet.as_view({"post": "read"}),
        name="api-notification-read",
    ),
    *rows("notifications/", "notification", NotificationViewSet, on_list=LIST, on_row=READ),
    *rows("follows/", "follow", FollowViewSet, on_list=ADD, on_row={**READ, "delete": "destroy"}),
    *rows("evidence/", "evidence", EvidenceViewSet, on_list=ADD, on_row=DISCARD),
    path(
        "evidence/<uuid:uid>/restore/",
        EvidenceViewSet.as_view(RESTORE),
        name="api-evidence-restore",
    ),
    path("evidence/<uuid:uid>/file/", EvidenceFileView.as_view(FILE), name="api-evidence-file"),
    path(
        "evidence/<uuid:uid>/independence/",
        EvidenceViewSet.as_view({"post": "compare"}),
        name="api-evidence-independence",
    ),
    *rows("reviews/", "review", ReviewViewSet, on_list=ADD, on_row=DISCARD),
    path("reviews/<uuid:uid>/restore/", ReviewViewSet.as_view(RESTORE), name="api-review-restore"),
    *rows("adjudications/", "adjudication", AdjudicationViewSet, on_list=ADD, on_row=READ),
    *rows("verdicts/", "verdict", VerdictViewSet, on_list=ADD, on_row=READ),
    path(
        "verdicts/<uuid:uid>/supersede/",
        VerdictViewSet.as_view({"post": "supersede"}),
        name="api-verdict-supersede",
    ),
    path(
        "verdicts/<uuid:uid>/rescind/",
        VerdictViewSet.as_view({"post": "rescind"}),
        name="api-verdict-rescind",
    ),
    path(
        "claims/<uuid:uid>/publication/",
        ClaimPublicationView.as_view({"get": "publication"}),
        name="api-claim-publication",
    ),
    path(
        "claims/<uuid:uid>/reopen/",
        ClaimPublicationView.as_view({"post": "reopen"}),
        name="api-claim-reopen",
    ),
    path("queue/next/", AssignmentViewSet.as_view({"post": "take"}), name="api-queue-next"),
    path("dashboard/", DashboardView.as_view({"get": "dashboard"}), name="api-dashboard"),
    *rows(
        "assignments/",
        "assignment",
        AssignmentViewSet,
        on_list={**LIST, "post": "give"},
        on_row=READ,
    ),
    *_assignment_deeds(),
    *rows("scales/", "scale", ScaleViewSet, on_list=ADD, on_row=READ),
    path("scales/stop/", ScaleViewSet.as_view({"post": "stop"}), name="api-scale-stop"),
    path("scales/<uuid:uid>/use/", ScaleViewSet.as_view({"post": "use"}), name="api-scale-use"),
    *rows("guidelines/", "guideline", GuidelineViewSet, on_list=ADD, on_row=READ),
    *rows("sources/", "source", SourceViewSet, on_list=ADD, on_row=CHANGE),
    *rows(
        "sources/<uuid:source_uid>/aliases/",
        "alias",
        AliasViewSet,
        on_list=ADD,
        on_row={**READ, "delete": "destroy"},
    ),
    path(
        "sources/<uuid:uid>/merge/",
        SourceMergeView.as_view({"post": "merge"}),
        name="api-source-merge",
    ),
    *rows("flags/", "flag", FlagViewSet, on_list=ADD, on_row=READ),
    path(
        "flags/<uuid:uid>/decide/",
        FlagViewSet.as_view({"post": "decide"}),
        name="api-flag-decide",
    ),
    *rows("statements/", "statement", StatementViewSet, on_list=ADD, on_row=CHANGE),
    *lifecycle_urls,
]

api_urls: list[URLPattern | URLResolver] = [
    path("", RootView.as_view(), name="api-root"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", DocsView.as_view(), name="api-docs"),
    path("projects/", ProjectsViewSet.as_view(ADD), name="api-projects"),
    path("projects/<slug:slug>/", include(project_urls)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", include(api_urls)),
    re_path(r"^api(?:/[\s\S]*)?\Z", nothing_here, name="api-nothing"),
]
