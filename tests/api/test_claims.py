"""Claims through the API."""

import pytest

from tests.material import make_article, make_claim

CLAIMS = "/api/v1/projects/desk/claims/"


@pytest.fixture
def article(project, reviewer):
    return make_article(project, reviewer)


@pytest.fixture
def claim(project, reviewer, article):
    return make_claim(project, reviewer, article=article)


def body_for(article, **more):
    return {
        "text": "More than 2,000 civilians were killed",
        "types": ["numerical"],
        "mentions": [
            {
                "version": str(article.versions.get().uid),
                "ranges": [[17, 54]],
                "exact": ["more than 2,000 civilians were killed"],
                "attributions": [
                    {
                        "source_name": "State Emergency Service",
                        "source_kind": "organisation",
                        "quote_type": "indirect",
                        "source_ranges": [[0, 11]],
                        "cue_ranges": [[12, 16]],
                    }
                ],
            }
        ],
        **more,
    }


def path(claim):
    return f"{CLAIMS}{claim.uid}/"


class TestCreate:
    def test_a_claim_comes_with_its_words_its_chain_and_my_label(self, api, reviewer, article):
        answer = api(reviewer).post(CLAIMS, body_for(article, label="refuted"))
        assert answer.status_code == 201, answer.content
        shown = answer.json()
        mention = shown["mentions"][0]
        assert mention["ranges"] == [
            {
                "start": 17,
                "end": 54,
                "exact": "more than 2,000 civilians were killed",
                "prefix": "The service said ",
                "suffix": ".\nThe ministry said 498.\n",
            }
        ]
        hop = mention["attributions"][0]
        assert hop["source"]["name"] == "State Emergency Service"
        assert hop["source_ranges"][0]["exact"] == "The service"
        assert hop["cue_ranges"][0]["exact"] == "said"
        assert shown["label"]["label"] == "refuted"
        assert shown["created_by"] == {"uid": str(reviewer.uid), "name": "Reviewer"}
        assert answer["Location"] == f"http://localhost{CLAIMS}{shown['uid']}/"
        assert answer["ETag"] == api(reviewer).get(answer["Location"])["ETag"]
        assert "set-cookie" not in answer.headers
