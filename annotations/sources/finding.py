"""Finding sources by what they are called."""

from annotations.accounts.models import User
from annotations.lib.names import fold_name
from annotations.projects.models import Project
from annotations.sources.models import Source


def sources_called(project: Project, viewer: User, name: str) -> list[int]:
    """Return the keys of the project's sources that go by this name, in any spelling, as far as
    the viewer sees them.
    """
    seen = Source.objects.visible_to(viewer).filter(project=project)
    return list(seen.filter(aliases__name_key=fold_name(name)).values_list("pk", flat=True))
