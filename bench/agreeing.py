"""A second judgement for every judged claim of a project, and the page that compares them."""

from typing import Any

from bench import reading
from bench.client import Client
from bench.ground import manage
from bench.timing import Result, measure, timed

SECOND = "second@example.org"
PASSWORD = "only for comparing 1234"
# Two of three times the label of the first.
_SECOND_JUDGEMENTS = """
INSERT INTO annotations_review (uid, created_at, updated_at, revision, claim_revision, label,
    native_rating, confidence, justification, discard_reason, claim_id, created_by_id, project_id,
    reviewer_id)
SELECT factcheck_uuid7(), now(), now(), 1, claim_revision,
       CASE WHEN id %% 3 = 0 THEN 'conflicting_evidence' ELSE label END, '', 2,
       'Compared anew.', '', claim_id, %(second)s, project_id, %(second)s
  FROM annotations_review WHERE project_id = %(project)s ORDER BY id
"""


def second_person(owner: Any) -> int:
    """Let somebody else have an account; return their id."""
    manage("create_operator", SECOND, "--name", "Second", "--stdin", typed=PASSWORD)
    ((second,),) = owner.execute("SELECT id FROM annotations_user WHERE email = %s", [SECOND])
    return int(second)


def add_second_judgements(owner: Any, project_id: int, second: int) -> int:
    """Let the second person judge what is judged in the project; return how many claims it is."""
    values = {"project": project_id, "second": second}
    return int(owner.execute(_SECOND_JUDGEMENTS, values).rowcount)


def agreement(
    person: Client, connection: Any, slug: str, project_id: int, claims: int, repeats: int
) -> Result:
    """Measure the page that compares all of them."""
    floor = measure(reading.judgements(connection, project_id), repeats)
    found = measure(lambda: person.get(f"/p/{slug}/agreement/"), repeats)
    return timed(f"Agreement page, {claims:,} claims judged twice", 500, found, floor)
