"""Pages of the queue, of who works on what, of my work, and of how the project is doing."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import assignments, assignments_bulk, dashboard, me, queue

P = "p/<slug:slug>/"
ONE = f"{P}assignments/<uuid:uid>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{P}me/", me.me_page, name="me-page"),
    path(f"{P}dashboard/", dashboard.dashboard_page, name="dashboard-page"),
    path(f"{P}queue/next/", queue.queue_take, name="queue-next"),
    path(f"{P}assignments/", assignments.assignment_list, name="assignment-list"),
    path(f"{P}assignments/new/", assignments.assignment_create, name="assignment-create"),
    path(
        f"{P}assignments/withdraw/",
        assignments_bulk.assignment_withdraw,
        name="assignment-withdraw",
    ),
    path(
        f"{P}assignments/reassign/",
        assignments_bulk.assignment_reassign,
        name="assignment-reassign",
    ),
    path(f"{ONE}heartbeat/", queue.assignment_heartbeat, name="assignment-heartbeat"),
    path(f"{ONE}hand-back/", assignments.assignment_hand_back, name="assignment-hand-back"),
    path(f"{ONE}send-back/", assignments.assignment_send_back, name="assignment-send-back"),
]
