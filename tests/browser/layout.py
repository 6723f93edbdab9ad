"""A text of many screens, and what lies over what: for tests of the workbench's layout."""

from playwright.sync_api import Locator

from annotations.models import ArticleVersion
from tests.marking import make_claim, make_version

PHONE = {"width": 390, "height": 844}
LONG = "\n\n".join(
    f"The spokesman of the service said on day {n} that more than {n},000 civilians were killed. "
    "Nobody had counted those who were still missing under the ruins of the town that week."
    for n in range(1, 41)
)
# Whether a point of the element, in its middle or near an end, is what one sees there.
IS_FREE = """(one) => {
  const box = one.getBoundingClientRect();
  return [0.5, 0.1, 0.9].some((share) => {
    const [x, y] = [box.left + box.width / 2, box.top + box.height * share];
    const top = document.elementFromPoint(x, y);
    return Boolean(top) && one.contains(top);
  });
}"""


def long_version(actor, project) -> ArticleVersion:
    """A text of many screens with one claim at its beginning."""
    version = make_version(actor, project, LONG)
    make_claim(actor, version, words="more than 1,000 civilians")
    return version


def is_free(one: Locator) -> bool:
    """Say whether the element is seen, with nothing lying over it."""
    return bool(one.evaluate(IS_FREE))
