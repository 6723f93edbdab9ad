"""A PROV-JSON document being written: records, and relations by the names they go by. PURE."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

PREFIXES = {
    "uid": "urn:uuid:",
    "fc": "urn:factcheck:terms:",
    "act": "urn:factcheck:activity:",
    "page": "urn:factcheck:page:",
    "address": "urn:factcheck:address:",
}
QUOTATION, PRIMARY, REVISION = "wasQuotedFrom", "hadPrimarySource", "wasRevisionOf"
_TYPES = {QUOTATION: "prov:Quotation", PRIMARY: "prov:PrimarySource", REVISION: "prov:Revision"}
Json = dict[str, Any]


class Graph:
    """A document being written: records by kind, relations numbered by the name each goes by."""

    def __init__(self) -> None:
        self._records: dict[str, dict[str, Json]] = defaultdict(dict)
        self._numbers: dict[str, int] = defaultdict(int)

    def add(self, kind: str, name: str, **attributes: Any) -> str:
        """Add an entity, activity or agent, the first time it is named; `a__b` is the attribute
        a:b. Return its name.
        """
        self._records[kind].setdefault(name, _attributes(attributes))
        return name

    def relate(self, kind: str, called: str = "", **attributes: Any) -> None:
        """Add a relation; `called` is the name it goes by, where that is not its kind."""
        called = called or kind
        self._numbers[called] += 1
        self._records[kind][f"_:{called}{self._numbers[called]}"] = _attributes(attributes)

    def derive(self, called: str, made: str, of: str) -> None:
        """Say that an entity was quoted from another, had it as primary source, or revised it."""
        self.relate(
            "wasDerivedFrom",
            called,
            prov__generatedEntity=made,
            prov__usedEntity=of,
            prov__type=qualified(_TYPES[called]),
        )

    def by(self, entity: str, agent: str | None) -> None:
        """Say whose an entity is, where that is known."""
        if agent:
            self.relate("wasAttributedTo", prov__entity=entity, prov__agent=agent)

    def done_by(self, activity: str, agent: str | None) -> None:
        """Say who did something, where that is known."""
        if agent:
            self.relate("wasAssociatedWith", prov__activity=activity, prov__agent=agent)

    def came_from(self, entity: str, activity: str, moment: str | None) -> None:
        """Say what made an entity, and when."""
        self.relate(
            "wasGeneratedBy", prov__entity=entity, prov__activity=activity, prov__time=moment
        )

    def document(self) -> Json:
        """Return the document."""
        return {"prefix": PREFIXES, **self._records}


def qualified(name: str) -> Json:
    """Return a qualified name as a value."""
    return {"$": name, "type": "xsd:QName"}


def _attributes(given: Json) -> Json:
    """Return attributes by their names; empty ones are left out, numbers and flags are typed."""
    return {
        name.replace("__", ":", 1): _value(value)
        for name, value in given.items()
        if value not in (None, "")
    }


def _value(value: Any) -> Any:
    if isinstance(value, bool):
        return {"$": str(value).lower(), "type": "xsd:boolean"}
    if isinstance(value, int):
        return {"$": str(value), "type": "xsd:int"}
    return value
