"""Browser contexts that go from test to test, emptied: a new one fetches every script anew.

What a context keeps between tests are the files in its cache, which never change under their names,
and the options it was made with. A context that a test has taught something, such as what to answer
to an address, ends with that test.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

Watch = Callable[[Page], None]
# Nothing takes these back.
TEACHING = (
    "add_init_script",
    "expose_binding",
    "expose_function",
    "grant_permissions",
    "on",
    "route",
    "set_extra_http_headers",
    "set_geolocation",
)
STORES = "local_storage,indexeddb,cache_storage,service_workers,websql,shader_cache"
# Waiting at once; those beyond are of options that few tests ask for.
MOST_WAITING = 12


@dataclass
class Lent:
    """A context in use: what it was asked for with, and who watches its pages."""

    key: str
    watch: Watch


class Contexts:
    """Lends contexts of one browser for the pages of one origin."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser = browser
        self._origin = origin
        self._waiting: list[tuple[str, BrowserContext]] = []
        self._lent: dict[BrowserContext, Lent] = {}

    def lend(self, watch: Watch, **options: Any) -> BrowserContext:
        """Return a context with these options and without cookies, storage or pages in use.

        `watch` is given each page that is opened in it.
        """
        key = json.dumps(options, sort_keys=True, default=str)
        context = self._take(key) or self._make(**options)
        # Not through the instance, whose own `on` would end it with this test.
        BrowserContext.on(context, "page", watch)
        _hand_over_blank_pages(context, watch)
        self._lent[context] = Lent(key, watch)
        return context

    def take_back(self, context: BrowserContext) -> None:
        """Empty the context for the next test, or close one that cannot be."""
        lent = self._lent.pop(context, None)
        if lent is None:
            context.close()
            return
        try:
            context.remove_listener("page", lent.watch)
            self._empty(context)
        except Error:
            context.close()
            return
        self._waiting.insert(0, (lent.key, context))
        for _key, oldest in self._waiting[MOST_WAITING:]:
            oldest.close()
        del self._waiting[MOST_WAITING:]

    def _take(self, key: str) -> BrowserContext | None:
        for n, (known, context) in enumerate(self._waiting):
            if known == key:
                del self._waiting[n]
                return context
        return None

    def _make(self, **options: Any) -> BrowserContext:
        context = self._browser.new_context(base_url=self._origin, **options)
        for name in TEACHING:
            setattr(context, name, self._ending(context, getattr(context, name)))
        return context

    def _ending(self, context: BrowserContext, teach: Callable[..., Any]) -> Callable[..., Any]:
        def taught(*args: Any, **kwargs: Any) -> Any:
            self._lent.pop(context, None)
            return teach(*args, **kwargs)

        return taught

    def _empty(self, context: BrowserContext) -> None:
        # First: a page that goes may still write down what was typed.
        for page in context.pages:
            page.close()
        context.set_offline(False)
        context.clear_cookies()
        devtools = context.new_cdp_session(BrowserContext.new_page(context))
        stores = {"origin": self._origin, "storageTypes": STORES}
        devtools.send("Storage.clearDataForOrigin", stores)
        devtools.detach()


def _hand_over_blank_pages(context: BrowserContext, watch: Watch) -> None:
    """Let `new_page` give the page that emptying needed, before it makes others."""
    blank = list(context.pages)

    def new_page() -> Page:
        if not blank:
            return BrowserContext.new_page(context)
        page = blank.pop()
        watch(page)
        return page

    context.new_page = new_page  # type: ignore[method-assign]
