"""Comments on claims, what people were told, and what they follow."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import comments, notifications

P = "p/<slug:slug>/"
ONE = f"{P}comments/<uuid:uid>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{P}claims/<int:number>/comments/new/", comments.comment_create, name="comment-create"),
    path(f"{ONE}edit/", comments.comment_edit, name="comment-edit"),
    path(f"{ONE}resolve/", comments.comment_resolve, name="comment-resolve"),
    path(f"{ONE}reopen/", comments.comment_reopen, name="comment-reopen"),
    path(f"{ONE}discard/", comments.comment_discard, name="comment-discard"),
    path(f"{ONE}restore/", comments.comment_restore, name="comment-restore"),
    path(f"{P}names/", comments.member_names, name="member-names"),
    path(f"{P}follow/", notifications.follow_start, name="follow-start"),
    path(f"{P}follow/stop/", notifications.follow_stop, name="follow-stop"),
    path("notifications/", notifications.notification_list, name="notification-list"),
    path("notifications/count/", notifications.notification_count, name="notification-count"),
    path("notifications/read/", notifications.notifications_read, name="notifications-read"),
    path(
        "notifications/<uuid:uid>/open/",
        notifications.notification_open,
        name="notification-open",
    ),
    path("notifications/stop/<str:token>/", notifications.mail_stop, name="mail-stop"),
    path("account/mail/", notifications.mail_choose, name="mail-choose"),
]
