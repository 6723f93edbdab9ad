"""Every address of the product, by walking Django's resolver."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# Third-party views, and the one where there is nothing, answer any method as they answer GET; these
# are only asked to change nothing.
LENIENT = ("admin:", "admin/", "account_", "api-nothing", "mfa_")


@dataclass(frozen=True)
class Route:
    """One pattern: its name with namespace, or the pattern itself when it has none."""

    name: str
    pattern: str

    @property
    def is_strict(self) -> bool:
        """Whether methods it does not offer must be answered with 405."""
        return not self.name.startswith(LENIENT)


def all_routes() -> list[Route]:
    """Return every route, in the order they are tried."""
    return list(_walk(get_resolver().url_patterns))


def _walk(
    patterns: Iterable[URLPattern | URLResolver], path: str = "", space: str = ""
) -> Iterator[Route]:
    for one in patterns:
        here = path + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, here, inner)
        else:
            yield Route(f"{space}{one.name}" if one.name else here, here)
