"""Pages of rounds of independent marking."""

from django.urls import URLPattern, URLResolver, path

from annotations.web.views import rounds, rounds_write

_ROUND = "p/<slug:slug>/rounds/<uuid:uid>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<slug:slug>/rounds/", rounds.round_list, name="round-list"),
    path(
        "p/<slug:slug>/articles/<uuid:uid>/rounds/new/",
        rounds_write.round_create,
        name="round-create",
    ),
    path(f"{_ROUND}/", rounds.round_detail, name="round-detail"),
    path(f"{_ROUND}/hand-in/", rounds_write.round_hand_in, name="round-hand-in"),
    path(f"{_ROUND}/take-back/", rounds_write.round_take_back, name="round-take-back"),
    path(f"{_ROUND}/people/", rounds_write.round_person_add, name="round-person-add"),
    path(
        f"{_ROUND}/people/withdraw/",
        rounds_write.round_person_withdraw,
        name="round-person-withdraw",
    ),
    path(f"{_ROUND}/call-off/", rounds_write.round_call_off, name="round-call-off"),
    path(f"{_ROUND}/accept/", rounds_write.round_accept, name="round-accept"),
    path(f"{_ROUND}/accept-same/", rounds_write.round_accept_same, name="round-accept-same"),
    path(f"{_ROUND}/reject/", rounds_write.round_reject, name="round-reject"),
    path(f"{_ROUND}/finish/", rounds_write.round_finish, name="round-finish"),
]
