"""A small project as records: awkward words, two ranges, marks of every kind, no database."""

from datetime import date

import msgspec

from annotations.exchange.records import (
    AliasRecord,
    ArticleRecord,
    AssessmentRecord,
    AssignmentRecord,
    BlockRecord,
    ClaimContext,
    ClaimRecord,
    EventRecord,
    ExportedRecord,
    HistoryRecord,
    HopRecord,
    LabelRecord,
    MarkRecord,
    MentionContext,
    MentionRecord,
    Moment,
    OutletRecord,
    PersonRecord,
    ProjectRecord,
    RangeRecord,
    Removal,
    ReviewRecord,
    SourceRecord,
    StatementContext,
    StatementRecord,
    VersionRecord,
)
from tests.exchange.sample_captures import capture, of_event
from tests.exchange.sample_closing import closing
from tests.exchange.sample_evidence import evidence
from tests.exchange.sample_parts import AT, EDITED, MADE, MODERATOR, REVIEWER, uid
from tests.exchange.sample_placements import placements
from tests.exchange.sample_rounds import marked, originals
from tests.exchange.sample_standards import rated_review, standards
from tests.exchange.sample_talk import comments
from tests.exchange.sample_verdicts import adjudication, standing, verdict

TEXT = "=Tolls 👨‍👩‍👧 differ\n\nThe service said “2,000 civilians” were killed.\nقال المتحدث 498.\n"


def quote(words: str) -> RangeRecord:
    """The range of words of TEXT."""
    start = TEXT.index(words)
    end = start + len(words)
    before = TEXT[max(0, start - 32) : start]
    return RangeRecord(
        start=start, end=end, exact=words, prefix=before, suffix=TEXT[end : end + 32]
    )


def hop(number: int, order: int, name: str, **fields) -> HopRecord:
    """A hop of a named source."""
    return HopRecord(
        uid=uid(number),
        order=order,
        source_given="named",
        source_kind="organisation",
        quote_type="mixed",
        original_located="searched_not_found",
        source=fields.pop("source", uid(20 + order)),
        source_name=name,
        **MADE,
        **fields,
    )


def claims() -> list[ClaimRecord]:
    """A claim of two ranges and two hops, a discarded one, one without a mention."""
    place = MentionContext(
        article=uid(40),
        article_title="=Tolls 👨‍👩‍👧 differ",
        article_url="https://example.org/tolls",
        article_published="2022-03-02",
        article_language="en",
        version_number=1,
        version_hash="a" * 64,
        outlet="CNN",
        created_by_name="Reviewer",
    )
    first = MentionRecord(
        uid=uid(60),
        version=uid(41),
        ranges=[quote("The service said"), quote("were killed")],
        hops=[
            hop(
                61,
                0,
                "State Emergency Service",
                statement=uid(30),
                said=Moment(edtf="2022-03-02", zone="UTC"),
                cue_ranges=[quote("said")],
                source_ranges=[quote("The service")],
            ),
            hop(62, 1, "", source=None, source_withheld=True),
        ],
        context=place,
        **MADE,
    )
    second = MentionRecord(
        uid=uid(63),
        version=uid(41),
        ranges=[quote("قال المتحدث 498")],
        discarded=Removal(at=AT, by=MODERATOR, reason="twice"),
        context=place,
        **MADE,
    )
    context = ClaimContext(
        created_by_name="Reviewer",
        marks=[
            MarkRecord(
                event=uid(70),
                event_type="deleted_by_author",
                standing="reported",
                statement=uid(30),
            )
        ],
        labels=[LabelRecord(label="refuted", by=REVIEWER, by_name="Reviewer", at=AT, mine=True)],
        statements=[StatementContext(uid=uid(30), channel="-Facebook", said_on="2022-03-02")],
        verdict=standing(),
    )
    common = {"checkability": "checkable", "priority": 2, "content_revision": 1, **EDITED}
    return [
        ClaimRecord(
            uid=uid(50),
            number=1,
            text="More than 2,000 civilians were killed, “they” said.",
            types=["numerical", "quote"],
            language="en",
            due=date(2022, 4, 1),
            check_worthiness=0.75,
            mentions=[first],
            context=context,
            **common,
        ),
        ClaimRecord(
            uid=uid(51),
            number=2,
            text='\'=HYPERLINK("x")\nand a second line, 498',
            mentions=[second],
            discarded=Removal(at=AT, by=REVIEWER),
            **common,
        ),
        ClaimRecord(uid=uid(52), number=3, text="-5 is not 5", statement=uid(30), **common),
    ]


def project(**fields) -> ProjectRecord:
    """The project of the export."""
    return ProjectRecord(
        uid=uid(9),
        name="Desk",
        slug="desk",
        language="en",
        time_zone="Europe/Kyiv",
        reviews_needed=2,
        blind=True,
        shared_editing=True,
        queue_policy="priority",
        exported_at=AT,
        former_slugs=["old-desk"],
        **EDITED,
        **fields,
    )


def records() -> list[ExportedRecord]:
    """A whole export, the closing record last."""
    claim_records = claims()
    return [
        project(with_history=True),
        PersonRecord(uid=REVIEWER, display_name="Reviewer", role="reviewer"),
        PersonRecord(uid=MODERATOR, display_name="Moderator"),
        OutletRecord(uid=uid(10), name="CNN", **MADE),
        SourceRecord(
            uid=uid(20),
            name="State Emergency Service",
            kind="organisation",
            aliases=[AliasRecord(uid=uid(25), name="ДСНС", **MADE)],
            **EDITED,
        ),
        StatementRecord(uid=uid(30), state="removed", source=uid(20), channel="Facebook", **EDITED),
        capture(),
        _article(),
        marked(),
        *claim_records,
        *originals(quote("2,000 civilians")),
        *placements(quote("2,000 civilians")),
        _event(),
        *evidence(),
        *standards(),
        *comments(),
        rated_review(),
        ReviewRecord(
            uid=uid(81),
            claim=uid(50),
            claim_revision=1,
            reviewer=MODERATOR,
            label="supported",
            discarded=Removal(at=AT, by=MODERATOR, reason="Too early"),
            **EDITED,
        ),
        adjudication(),
        verdict(),
        AssignmentRecord(
            uid=uid(95),
            assignee=REVIEWER,
            mode="open",
            state="sent_back",
            claim=uid(50),
            due="2022-03-09",
            note="Котре джерело?",
            is_from_queue=True,
            **EDITED,
        ),
        HistoryRecord(
            entity="claim",
            uid=uid(50),
            change="update",
            at=AT,
            by=REVIEWER,
            action="claim_update",
            values=msgspec.Raw(b'{"text":"More than 2,000"}'),
        ),
        closing(claim_records),
    ]


def _article() -> ArticleRecord:
    cut = TEXT.index("\n\n") + 2
    version = VersionRecord(
        uid=uid(41),
        number=1,
        text=TEXT,
        length=len(TEXT),
        content_hash="a" * 64,
        origin="fetched",
        capture=uid(110),
        blocks=[
            BlockRecord(kind="headline", start=0, end=cut),
            BlockRecord(kind="paragraph", start=cut, end=len(TEXT)),
        ],
        **MADE,
    )
    return ArticleRecord(
        uid=uid(40),
        title="=Tolls 👨‍👩‍👧 differ",
        kind="news",
        marking_state="in_progress",
        versions=[version],
        outlet=uid(10),
        published=Moment(edtf="2022-03-02", earliest=AT, latest=AT, zone="UTC"),
        locked=Removal(at=AT, by=MODERATOR),
        **EDITED,
    )


def _event() -> EventRecord:
    return EventRecord(
        uid=uid(70),
        event_type="deleted_by_author",
        standing="reported",
        happened_basis="unknown",
        reason_given="none",
        hops=[],
        assessments=[
            AssessmentRecord(uid=uid(71), standing="reported", reason="CNN says so", **MADE)
        ],
        statement=uid(30),
        noticed=Moment(edtf="2022-03-02"),
        captures=[of_event()],
        **MADE,
    )
