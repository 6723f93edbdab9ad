"""What a claim is rated with, and by which guidelines: those that hold, or that were shown."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.lib.errors import Conflict, InvalidInput
from annotations.projects.editing import check_length
from annotations.projects.models import Project
from annotations.verification.models import Review
from annotations.verification.standards.models import NAME_LENGTH, Guideline, RatingValue


def guideline_of(project: Project, seen: int | None) -> int | None:
    """Return the id of the guidelines a judgement is made under: those the reviewer was shown.

    Asks nothing unless others hold by now. Raises InvalidInput for those of another project.
    """
    if seen is None or seen == project.guideline_id:
        return project.guideline_id
    if not Guideline.objects.filter(project=project, pk=seen).exists():
        raise InvalidInput(_("There are no such guidelines here."), field="guideline")
    return seen


def rating_columns(
    project: Project, review: Review | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the columns of a native rating; none where nothing is given.

    A value is of the scale that holds, or the one the review has. Words are the name of such a
    value; where the project has no scale they are kept as they are. Raises InvalidInput, Conflict.
    """
    value: RatingValue | None = given.get("rating")
    words = check_length(given.get("native_rating") or "", NAME_LENGTH, "native_rating")
    if value is None and words:
        if project.rating_scale_id is None:
            return {} if _is_kept(review, words) else {"rating_id": None, "native_rating": words}
        try:
            value = _by_name(project, words)
        except InvalidInput:
            # Rated so on another scale, and sent back as it was read.
            if _is_kept(review, words):
                return {}
            raise
    if value is not None:
        _check_holds(project, review, value)
        return {"rating_id": value.pk, "native_rating": ""}
    columns: dict[str, Any] = {"rating_id": None} if "rating" in given else {}
    # An empty word takes a rating back, as it did when all ratings were words.
    if given.get("native_rating") == "" and "rating" not in given:
        columns = {"rating_id": None, "native_rating": ""}
    return columns


def rating_name(project: Project, words: str) -> str:
    """Return a rating given in words, by whoever decides between reviews, as it is kept.

    It is the name of a value of the scale that holds; words of one's own only where the project
    has none. Raises InvalidInput.
    """
    words = check_length(words, NAME_LENGTH, "native_rating")
    if not words or project.rating_scale_id is None:
        return words
    return _by_name(project, words).name


def _is_kept(review: Review | None, words: str) -> bool:
    """Say whether the review was rated in these very words, on whatever scale."""
    return review is not None and review.rating_words == words


def _by_name(project: Project, words: str) -> RatingValue:
    """Return the value of the scale that holds which is called so. Raises InvalidInput."""
    values = list(RatingValue.objects.filter(scale=project.rating_scale_id).order_by("n"))
    for value in values:
        if value.name.casefold() == words.casefold():
            return value
    raise InvalidInput(
        _("“%(value)s” is not one of: %(values)s."),
        field="native_rating",
        params={"value": words, "values": ", ".join(value.name for value in values)},
    )


def _check_holds(project: Project, review: Review | None, value: RatingValue) -> None:
    if value.scale_id == project.rating_scale_id:
        return
    if review is None or review.rating_id != value.pk:
        raise Conflict(
            _("The rating scale has changed since you opened this. Choose on the present one."),
            field="rating",
        )
