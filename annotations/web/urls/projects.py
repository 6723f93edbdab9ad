"""Pages of projects, their members and invitations."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import agreement, invitations, members, projects

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
]
