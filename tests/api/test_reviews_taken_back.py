"""Taking one's own review back through the API."""

import pytest

from tests.marking import make_claim, make_version
from tests.material import make_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(project, reviewer):
    claim = make_claim(reviewer, make_version(reviewer, project))
    review = make_review(claim, reviewer)
    return f"/api/v1/projects/{project.slug}/reviews/{review.uid}/"


def test_discarded_and_restored(api, path, reviewer):
    caller = api(reviewer)
    tag = caller.get(path)["ETag"]
    assert caller.delete(path).status_code == 428
    taken = caller.delete(f"{path}?reason=Too+early", If_Match=tag)
    assert taken.status_code == 200
    assert taken.json()["discarded"]["reason"] == "Too early"
    assert caller.delete(path, If_Match=tag).status_code == 412
    listed = f"{path.rsplit('/', 2)[0]}/"
    counts = [
        len(caller.get(f"{listed}?discarded={value}").json()["results"])
        for value in ("true", "false")
    ]
    assert counts == [1, 0]
    refused = caller.patch(path, {"label": "refuted"}, If_Match=taken["ETag"])
    assert refused.status_code == 409
    restored = caller.post(f"{path}restore/", {"reason": "After all"})
    assert (restored.status_code, restored.json()["discarded"]) == (200, None)


def test_nobody_elses(api, path, moderator):
    caller = api(moderator)
    tag = caller.get(path)["ETag"]
    assert caller.delete(path, If_Match=tag).status_code == 403
    assert caller.post(f"{path}restore/").status_code == 403
