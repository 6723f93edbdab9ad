"""Pages of projects, their members and invitations."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import agreement, guidelines, invitations, members, projects, scales

urlpatterns: list[URLPattern | URLResolver] = [
    path("", projects.project_list, name="project-list"),
    path("projects/new/", projects.project_create, name="project-create"),
    path("invitations/<str:token>/", invitations.invitation_accept, name="invitation-accept"),
    path("p/<slug:slug>/settings/", projects.project_settings, name="project-settings"),
    path("p/<slug:slug>/archive/", projects.project_archive, name="project-archive"),
    path("p/<slug:slug>/unarchive/", projects.project_unarchive, name="project-unarchive"),
    path("p/<slug:slug>/agreement/", agreement.agreement_page, name="agreement-page"),
    path("p/<slug:slug>/leave/", members.member_leave, name="member-leave"),
    path("p/<slug:slug>/members/", members.member_list, name="member-list"),
    path("p/<slug:slug>/members/<uuid:uid>/role/", members.member_edit, name="member-edit"),
    path("p/<slug:slug>/members/<uuid:uid>/remove/", members.member_remove, name="member-remove"),
    path("p/<slug:slug>/invitations/", invitations.invitation_create, name="invitation-create"),
    path(
        "p/<slug:slug>/invitations/<uuid:uid>/revoke/",
        invitations.invitation_revoke,
        name="invitation-revoke",
    ),
    path("p/<slug:slug>/guidelines/", guidelines.guideline_list, name="guideline-list"),
    path("p/<slug:slug>/guidelines/new/", guidelines.guideline_create, name="guideline-create"),
    path(
        "p/<slug:slug>/guidelines/<int:version>/",
        guidelines.guideline_detail,
        name="guideline-detail",
    ),
    path(
        "p/<slug:slug>/guidelines/older-judgements/",
        guidelines.guideline_older,
        name="guideline-older",
    ),
    path("p/<slug:slug>/scales/new/", scales.scale_create, name="scale-create"),
    path("p/<slug:slug>/scales/stop/", scales.scale_stop, name="scale-stop"),
    path("p/<slug:slug>/scales/<int:version>/", scales.scale_detail, name="scale-detail"),
    path("p/<slug:slug>/scales/<int:version>/use/", scales.scale_use, name="scale-use"),
]
