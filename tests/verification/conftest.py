"""A claim with evidence, and somebody who may decide about it."""

import pytest

from annotations.models import Claim
from tests.ruling import make_checked, make_people


@pytest.fixture
def claim(project, admin) -> Claim:
    return make_checked(project, admin)


@pytest.fixture
def chair(project):
    return make_people(project, "moderator", "chair")[0]
