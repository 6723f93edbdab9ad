"""The floors of reading: the rows a page or an export is made of, by SQL or COPY alone."""

from collections.abc import Callable
from typing import Any

_WORKBENCH = (
    "SELECT * FROM annotations_article WHERE id = %(article)s",
    "SELECT id, uid, number, length FROM annotations_articleversion WHERE article_id = %(article)s",
    'SELECT n, kind, start, "end", text FROM annotations_block WHERE version_id = %(version)s'
    " ORDER BY n",
    'SELECT m.id, m.uid, m.claim_id, r.start, r."end" FROM annotations_mention m'
    " JOIN annotations_spanrange r ON r.span_id = m.span_id"
    " WHERE m.version_id = %(version)s AND m.discarded_at IS NULL ORDER BY r.start",
    "SELECT c.id, c.uid, c.number, c.text, c.revision, c.discarded_at, c.hidden_at, c.locked_at,"
    " c.statement_id FROM annotations_claim c WHERE c.id IN"
    " (SELECT claim_id FROM annotations_mention WHERE version_id = %(version)s)",
    'SELECT t.mention_id, t."order", t.quote_type, t.statement_id, s.name'
    " FROM annotations_attribution t LEFT JOIN annotations_source s ON s.id = t.source_id"
    " WHERE t.mention_id IN (SELECT id FROM annotations_mention WHERE version_id = %(version)s)",
    "SELECT claim_id, label, claim_revision FROM annotations_review WHERE reviewer_id = %(user)s"
    " AND claim_id IN (SELECT claim_id FROM annotations_mention WHERE version_id = %(version)s)",
)
_LIST = (
    "SELECT count(*) FROM annotations_article WHERE project_id = %(project)s AND hidden_at IS NULL",
    "SELECT p.*, o.name, (SELECT count(DISTINCT claim_id) FROM annotations_mention m"
    " WHERE m.article_id = p.id AND m.discarded_at IS NULL) FROM annotations_article p"
    " LEFT JOIN annotations_outlet o ON o.id = p.outlet_id WHERE p.id IN"
    " (SELECT id FROM annotations_article WHERE project_id = %(project)s AND hidden_at IS NULL"
    " ORDER BY created_at DESC, id DESC LIMIT 25 OFFSET %(offset)s)"
    " ORDER BY p.created_at DESC, p.id DESC",
)
_CLAIMS = (
    "SELECT c.*, (SELECT count(*) FROM annotations_mention m WHERE m.claim_id = c.id"
    " AND m.discarded_at IS NULL) FROM annotations_claim c WHERE c.project_id = %(project)s"
    " AND c.hidden_at IS NULL AND c.discarded_at IS NULL ORDER BY c.number DESC LIMIT 25",
)
_JUDGEMENTS = (
    "SELECT r.claim_id, r.reviewer_id, r.label FROM annotations_review r"
    " JOIN annotations_claim c ON c.id = r.claim_id AND c.content_revision = r.claim_revision"
    " WHERE r.project_id = %(project)s AND r.discarded_at IS NULL AND c.discarded_at IS NULL"
    " ORDER BY r.claim_id",
)
_EXPORTED = ("outlet", "source", "sourcealias", "statement", "article", "articleversion", "block",
             "span", "spanrange", "claim", "mention", "attribution", "review")  # fmt: skip


def workbench(connection: Any, article: int, version: int, user: int) -> Callable[[], object]:
    """Return what reads the rows of an article's page."""
    return _all(connection, _WORKBENCH, {"article": article, "version": version, "user": user})


def article_list(connection: Any, project: int, offset: int) -> Callable[[], object]:
    """Return what reads the rows of one page of the list, and counts them all."""
    return _all(connection, _LIST, {"project": project, "offset": offset})


def claim_list(connection: Any, project: int) -> Callable[[], object]:
    """Return what reads the rows of the first page of the list of claims."""
    return _all(connection, _CLAIMS, {"project": project})


def judgements(connection: Any, project: int) -> Callable[[], object]:
    """Return what reads every judgement of a project that counts, by claim."""
    return _all(connection, _JUDGEMENTS, {"project": project})


def copy_project(connection: Any, project: int) -> Callable[[], object]:
    """Return what copies every table an export reads, and throws the lines away."""

    def copy() -> object:
        length = 0
        for table in _EXPORTED:
            query = (
                f"COPY (SELECT * FROM annotations_{table} WHERE project_id = {project:d}) TO STDOUT"
            )
            with connection.cursor() as cursor, cursor.copy(query.encode()) as lines:
                length += sum(len(line) for line in lines)
        return length

    return copy


def _all(connection: Any, queries: tuple[str, ...], values: dict[str, int]) -> Callable[[], object]:
    def read() -> object:
        return [connection.execute(query, values).fetchall() for query in queries]

    return read
