"""A claim said on 2 March 2022, and evidence on it."""

import pytest

from annotations.models import Claim, Evidence
from tests.evidence.forms import address
from tests.material import make_claim, make_evidence, make_statement


@pytest.fixture
def claim(project, reviewer) -> Claim:
    statement = make_statement(project, reviewer, said_on="2022-03-02")
    return make_claim(project, reviewer, statement=statement)


@pytest.fixture
def other_claim(project, reviewer) -> Claim:
    return make_claim(project, reviewer, text="498 soldiers died")


@pytest.fixture
def evidence(project, reviewer, claim) -> Evidence:
    return make_evidence(project, reviewer, claim=claim, published="2022-03-01")


@pytest.fixture
def form_page(project, claim) -> str:
    return address("evidence-create", project, number=claim.number)


@pytest.fixture
def claim_page(project, claim) -> str:
    return address("claim-detail", project, number=claim.number)
