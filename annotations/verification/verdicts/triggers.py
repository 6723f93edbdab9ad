"""What the database itself asks of adjudications and verdicts, when the transaction ends."""

import pgtrigger

# Four eyes: whoever publishes is not among those on whose judgement the verdict rests, operators
# included. Asked when the transaction ends, as the rows of the basis come after the verdict; what
# a review said is read from its history, as its author may change it in the meantime.
_VERDICT_SQL = """
    SELECT * INTO ruling FROM annotations_verdict WHERE id = {verdict};
    IF EXISTS (SELECT FROM annotations_adjudication a
                WHERE a.id = ruling.adjudication_id AND a.created_by_id = ruling.created_by_id)
       OR EXISTS (SELECT FROM annotations_verdictreview b
                    JOIN annotations_review r ON r.id = b.review_id
                   WHERE b.verdict_id = ruling.id AND r.reviewer_id = ruling.created_by_id) THEN
        RAISE EXCEPTION 'who publishes a verdict has judged none of what it rests on'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'publisher_is_not_author_of_the_basis';
    END IF;
    IF (ruling.adjudication_id IS NULL)
       <> EXISTS (SELECT FROM annotations_verdictreview b WHERE b.verdict_id = ruling.id) THEN
        RAISE EXCEPTION 'a verdict rests on reviews or on one adjudication'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_has_one_basis';
    END IF;
    IF EXISTS (SELECT FROM annotations_adjudication a
                WHERE a.id = ruling.adjudication_id
                  AND (a.claim_id, a.claim_revision, a.label::text)
                      IS DISTINCT FROM (ruling.claim_id, ruling.claim_revision, ruling.label::text))
       OR EXISTS (SELECT FROM annotations_verdictreview b
                   WHERE b.verdict_id = ruling.id AND NOT EXISTS (
                         SELECT FROM annotations_reviewhistory r
                          WHERE r.pgh_obj_id = b.review_id AND r.revision = b.review_revision
                            AND (r.claim_id, r.claim_revision, r.label::text) =
                                (ruling.claim_id, ruling.claim_revision, ruling.label::text))) THEN
        RAISE EXCEPTION 'a verdict says what its basis says, of the same words'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_says_what_its_basis_says';
    END IF;
    IF NOT EXISTS (SELECT FROM annotations_verdictevidence e WHERE e.verdict_id = ruling.id) THEN
        RAISE EXCEPTION 'a verdict rests on evidence'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_rests_on_evidence';
    END IF;
    RETURN NULL;
"""


def _of_a_verdict(name: str, verdict: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        declare=[("ruling", "annotations_verdict%ROWTYPE")],
        func=_VERDICT_SQL.format(verdict=verdict),
    )


FOUR_EYES = _of_a_verdict("four_eyes", "NEW.id")
FOUR_EYES_OF_BASIS = _of_a_verdict("four_eyes_of_basis", "NEW.verdict_id")

ADJUDICATOR_TOOK_NO_SIDE = pgtrigger.Trigger(
    name="adjudicator_took_no_side",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
        IF EXISTS (SELECT FROM annotations_review r
                    WHERE r.claim_id = NEW.claim_id AND r.claim_revision = NEW.claim_revision
                      AND r.reviewer_id = NEW.created_by_id) THEN
            RAISE EXCEPTION 'who adjudicates has not judged the claim'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'adjudicator_took_no_side';
        END IF;
        IF NOT EXISTS (SELECT FROM annotations_adjudicationreview w
                        WHERE w.adjudication_id = NEW.id) THEN
            RAISE EXCEPTION 'an adjudication weighs reviews'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'adjudication_weighs_reviews';
        END IF;
        RETURN NULL;
    """,
)
NEVER_CHANGES = pgtrigger.Update | pgtrigger.Delete
