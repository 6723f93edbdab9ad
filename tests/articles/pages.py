"""What tests of the pages of articles send and read."""

from django.urls import reverse

TEXT = "Tolls differ\n\nThe ministry said that 498 were killed on 2 March 2022."
FIELDS = {"title": "Tolls differ", "kind": "news", "text": TEXT, "headline_first": "on"}


def url(name: str, project, row=None) -> str:
    """The address of a page of the project, of a row where one is given."""
    return reverse(name, kwargs={"slug": project.slug, **({"uid": row.uid} if row else {})})


def words(answer) -> str:
    """What the page says."""
    return answer.content.decode()
