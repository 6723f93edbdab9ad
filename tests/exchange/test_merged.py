"""What was merged: a record of it in the native form, and no claim of its own elsewhere."""

import pytest

from annotations.moderation.merge_claims import claim_merge
from annotations.moderation.merge_sources import source_merge
from annotations.moderation.services import row_hide
from tests.exchange.conftest import export, native
from tests.material import make_article, make_claim, make_source

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "They say the same."


def test_a_merge_is_written_once_and_vanishes_when_what_remains_is_hidden(
    project, reviewer, reader, moderator
):
    article = make_article(project, reviewer)
    stays = make_claim(project, reviewer, article=article)
    goes = make_claim(project, reviewer, text="Recognisable words")
    names = [make_source(project, reviewer, name) for name in ("Rescuers", "Saviours")]
    claim_merge(actor=moderator, claim=goes, into=stays, reason=WHY)
    source_merge(actor=moderator, source=names[1], into=names[0], reason=WHY)
    document = native(project, reader)
    merged = {one.uid: one.merged_into for one in (*document.claims, *document.sources)}
    assert merged[str(goes.uid)] == str(stays.uid)
    assert merged[str(names[1].uid)] == str(names[0].uid)
    assert [merged[str(one.uid)] for one in (stays, names[0])] == [None, None]
    assert b"Recognisable words" not in export(project, reader, "csv")
    for row in (stays, names[0]):
        row_hide(actor=moderator, row=row, reason="off topic")
    content = export(project, reader, "json")
    assert b"Recognisable words" not in content
    assert b"Saviours" not in content
