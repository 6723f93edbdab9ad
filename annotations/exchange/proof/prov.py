"""An event and its captures as PROV-JSON (W3C Member Submission of 2013-04-24). PURE.

Written from the bundle's own `event.json` and `captures.json`, so that the three say the same.
`wasQuotedFrom` and `hadPrimarySource` are `wasDerivedFrom` with a `prov:type` in this format; the
relations' names say which they are. A removal or withdrawal that is refuted invalidates nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from annotations.exchange.proof.prov_graph import PRIMARY, QUOTATION, REVISION, Graph, qualified

WITHDRAWAL, REMOVAL, RETURN = "withdrawal", "removal", "return"
_KINDS_OF_AGENT = {
    "named_person": "prov:Person",
    "spokesperson": "prov:Person",
    "author": "prov:Person",
    "organisation": "prov:Organization",
    "office": "prov:Organization",
    "outlet": "prov:Organization",
    "collective": "prov:Organization",
}
Json = dict[str, Any]


def prov_document(event: Json, captures: Iterable[Json]) -> Json:
    """Return the provenance of an event as `event.json` has it, and of captures."""
    graph = Graph()
    _agents(graph, event)
    subject, page = _subject(graph, event["subject"])
    _happening(graph, event["event"], subject, page)
    record = _record(graph, event)
    _hops(graph, event["attributions"], record, subject)
    _assessments(graph, event["assessments"], record)
    _claims(graph, event, subject)
    for one in captures:
        _capture(graph, one, record, event["event"]["self_observed"])
    return graph.document()


def _agents(graph: Graph, event: Json) -> None:
    for one in event["sources"]:
        kind = _KINDS_OF_AGENT.get(one["kind"])
        graph.add(
            "agent",
            _uid(one["uid"]),
            prov__type=qualified(kind) if kind else None,
            prov__label=one["name"],
            fc__kind=one["kind"],
        )
    for one in event["people"]:
        graph.add(
            "agent", _uid(one["uid"]), prov__type=qualified("prov:Person"), prov__label=one["name"]
        )
    graph.add(
        "agent",
        "fc:Factcheck",
        prov__type=qualified("prov:SoftwareAgent"),
        prov__label="Factcheck",
    )


def _subject(graph: Graph, subject: Json) -> tuple[str, str]:
    """Add what it happened to, and the page that stood at its address; that itself without one."""
    is_statement = subject["kind"] == "statement"
    name = graph.add(
        "entity",
        _uid(subject["uid"]),
        prov__type=qualified("fc:Statement" if is_statement else "fc:Article"),
        prov__label=subject["channel"] if is_statement else subject["title"],
        prov__value=subject["text"] if is_statement else None,
        fc__url=subject["url"],
    )
    made = subject["said"] if is_statement else subject["published"]
    saying = graph.add(
        "activity",
        f"act:saying-{subject['uid']}",
        prov__type=qualified("fc:saying" if is_statement else "fc:publishing"),
        prov__startTime=made["earliest"],
        prov__endTime=made["latest"],
    )
    graph.came_from(name, saying, made["latest"])
    if is_statement and subject["source"]:
        graph.by(name, _uid(subject["source"]))
        graph.done_by(saying, _uid(subject["source"]))
    if not subject["url"]:
        return name, name
    page = _page(graph, subject["canonical_url"], subject["url"])
    graph.derive(PRIMARY, page, name)
    return name, page


def _page(graph: Graph, canonical: str, url: str) -> str:
    """Add the page that stood at an address, which may end, and the address, which stays."""
    address = _address(graph, canonical, url)
    page = graph.add(
        "entity",
        address.replace("address:", "page:"),
        prov__type=qualified("fc:Page"),
        prov__location=url,
    )
    graph.relate("specializationOf", prov__specificEntity=page, prov__generalEntity=address)
    return page


def _address(graph: Graph, canonical: str, url: str) -> str:
    name = sha256(canonical.encode()).hexdigest()[:32]
    return graph.add(
        "entity", f"address:{name}", prov__type=qualified("fc:Address"), prov__location=url
    )


def _happening(graph: Graph, event: Json, subject: str, page: str) -> None:
    """Add what happened: who did it, and what was not valid any more from then on."""
    happened = event["happened"]
    deed = graph.add(
        "activity",
        f"act:{event['uid']}",
        prov__type=qualified(f"fc:{event['type']}"),
        prov__startTime=happened["earliest"],
        prov__endTime=happened["latest"],
        fc__group=event["group"],
        fc__standing=event["standing"],
        fc__happened=happened["edtf"],
        fc__reason=event["reason"]["text"],
    )
    actor = _uid(event["actor"]) if event["actor"] else None
    graph.done_by(deed, actor)
    if actor and event["on_behalf_of"]:
        graph.relate(
            "actedOnBehalfOf",
            prov__delegate=actor,
            prov__responsible=_uid(event["on_behalf_of"]),
            prov__activity=deed,
        )
    affected = page if event["group"] in (REMOVAL, RETURN) else subject
    graph.relate("used", prov__activity=deed, prov__entity=affected)
    if event["standing"] == "refuted":
        return
    # Of an interval, the last instant: it was so by then at the latest.
    moment = happened["latest"] or happened["earliest"]
    if event["group"] in (WITHDRAWAL, REMOVAL):
        graph.relate(
            "wasInvalidatedBy", prov__entity=affected, prov__activity=deed, prov__time=moment
        )


def _record(graph: Graph, event: Json) -> str:
    """Add our own record of the event."""
    one = event["event"]
    record = graph.add(
        "entity",
        _uid(one["uid"]),
        prov__type=qualified("fc:EventRecord"),
        fc__event=qualified(f"act:{one['uid']}"),
        fc__noticed=one["noticed"]["edtf"],
        fc__note=one["note"],
    )
    recording = graph.add(
        "activity",
        f"act:recording-{one['uid']}",
        prov__type=qualified("fc:recording"),
        prov__startTime=one["recorded_at"],
        prov__endTime=one["recorded_at"],
    )
    graph.came_from(record, recording, one["recorded_at"])
    graph.by(record, _uid(one["recorded_by"]))
    graph.done_by(recording, _uid(one["recorded_by"]))
    return record


def _hops(graph: Graph, hops: list[Json], record: str, subject: str) -> None:
    """Add through whom we know: each hop quotes the one before; all go back to the first."""
    before: str | None = None
    first: str | None = None
    for hop in hops:
        name = graph.add(
            "entity",
            _uid(hop["uid"]),
            prov__type=qualified("fc:Report"),
            fc__order=hop["order"],
            fc__quoteType=hop["quote_type"],
            fc__saidOn=hop["said_on"],
            fc__where=hop["where"],
            fc__withheld=hop["withheld"] or None,
        )
        speaker = _uid(hop["source"]) if hop["source"] else None
        graph.by(name, speaker)
        if speaker and hop["spokesperson_for"]:
            graph.relate(
                "actedOnBehalfOf",
                prov__delegate=speaker,
                prov__responsible=_uid(hop["spokesperson_for"]),
            )
        if hop["statement"]:
            statement = _uid(hop["statement"])
            if statement != subject:
                graph.add("entity", statement, prov__type=qualified("fc:Statement"))
            graph.derive(QUOTATION, name, statement)
        if before and first:
            graph.derive(QUOTATION, name, before)
            graph.derive(PRIMARY, name, first)
        before, first = name, first or name
    if before and first:
        graph.derive(QUOTATION, record, before)
        graph.derive(PRIMARY, record, first)


def _assessments(graph: Graph, assessments: list[Json], record: str) -> None:
    """Add how sure we have been, each revising the one before."""
    before: str | None = None
    for one in assessments:
        name = graph.add(
            "entity",
            _uid(one["uid"]),
            prov__type=qualified("fc:Assessment"),
            prov__value=one["reason"],
            fc__standing=one["standing"],
            fc__evidenceUrl=one["evidence_url"],
        )
        assessing = graph.add(
            "activity",
            f"act:assessing-{one['uid']}",
            prov__type=qualified("fc:assessing"),
            prov__startTime=one["recorded_at"],
            prov__endTime=one["recorded_at"],
        )
        graph.came_from(name, assessing, one["recorded_at"])
        graph.by(name, _uid(one["recorded_by"]))
        graph.done_by(assessing, _uid(one["recorded_by"]))
        graph.relate("used", prov__activity=assessing, prov__entity=record)
        if one["reporter"]:
            graph.relate(
                "wasInfluencedBy",
                prov__influencee=name,
                prov__influencer=_uid(one["reporter"]),
            )
        if before:
            graph.derive(REVISION, name, before)
        before = name


def _claims(graph: Graph, event: Json, subject: str) -> None:
    """Add what rests on the subject, with the label of the verdict that stands."""
    for one in event["claims"]:
        verdict = one["verdict"]
        name = graph.add(
            "entity",
            _uid(one["uid"]),
            prov__type=qualified("fc:Claim"),
            prov__value=one["text"],
            fc__verdict=verdict["label"] if verdict else None,
        )
        graph.derive(QUOTATION, name, subject)


def _capture(graph: Graph, capture: Json, record: str, is_ours: bool) -> None:
    """Add one capture: what was asked, when, and what came of it.

    Only what was taken before shows the page that ended; later ones show its address.
    """
    canonical, url = capture["canonical_url"], capture["url"]
    address = _address(graph, canonical, url)
    is_before = capture["place"] == "before"
    shown = _page(graph, canonical, url) if is_before else address
    name = graph.add(
        "entity",
        _uid(capture["uid"]),
        prov__type=qualified("fc:Capture"),
        prov__location=capture["memento_url"] or capture["final_url"],
        fc__place=capture["place"],
        fc__shows=capture["quality"]["kind"],
        fc__status=capture["status"],
        fc__file=capture["file"],
        fc__sha256=capture["file_sha256"],
    )
    taking = graph.add(
        "activity",
        f"act:taking-{capture['uid']}",
        prov__type=qualified(f"fc:{capture['origin']}"),
        prov__startTime=capture["taken_at"],
        prov__endTime=capture["taken_at"],
    )
    graph.relate(
        "used", prov__activity=taking, prov__entity=address, prov__time=capture["taken_at"]
    )
    graph.came_from(name, taking, capture["taken_at"])
    graph.derive(PRIMARY, name, shown)
    if capture["origin"] == "fetched":
        graph.done_by(taking, "fc:Factcheck")
    if is_ours:
        graph.derive(PRIMARY, record, name)


def _uid(uid: str) -> str:
    return f"uid:{uid}"
