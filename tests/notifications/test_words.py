"""What people read of what they were told: sentences, as a colleague would say them."""

from annotations.accounts.models import User
from annotations.inbox.words import SAID, SAID_OF, beside, line, said
from annotations.lib.bidi import isolated
from annotations.notifications.kinds import Kind, TargetKind
from annotations.notifications.models import Notification

OLENA = User(display_name="Olena")
WITHOUT_NUMBER = {
    kind for kind, voice in SAID.items() if "%(n)s" not in f"{voice.named} {voice.unnamed}"
}


def told(kind, target, actor=None, number=None, times=1):
    return Notification(
        kind=kind, target_kind=target, actor=actor, claim_number=number, times=times
    )


def test_a_sentence_names_who_did_what_to_which_claim():
    one = told(Kind.MENTIONED, TargetKind.COMMENT, OLENA, 6)
    assert said(one) == f"{isolated('Olena')} mentioned you in a comment on claim 6"
    assert beside(one) == ""
    one = told(Kind.COMMENTED, TargetKind.COMMENT, OLENA, 6, times=3)
    assert line(one) == f"{isolated('Olena')} commented on claim 6 (and 2 more like it)"
    one = told(Kind.HANDED_BACK, TargetKind.CLAIM, OLENA, 6)
    assert line(one) == f"Claim 6, which you gave out, came back undone (by {isolated('Olena')})"


def test_who_is_nobody_is_not_named():
    assert said(told(Kind.MENTIONED, TargetKind.COMMENT, None, 6)) == (
        "You were mentioned in a comment on claim 6"
    )


def test_every_kind_has_a_sentence_and_none_asks_for_a_number_that_may_be_missing():
    assert set(SAID) == set(Kind)
    for kind in WITHOUT_NUMBER:
        for actor in (None, OLENA):
            assert "None" not in said(told(kind, TargetKind.PROJECT, actor))
    for kind, target in SAID_OF:
        assert "%(" not in said(told(kind, target, OLENA, 6))
