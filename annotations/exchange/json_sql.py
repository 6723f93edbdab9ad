"""Writes SQL that writes JSON texts.

By concat() and not by json_build_object(), which looks up every argument's type anew for every
row: five times slower over 75,000 hops. Optional members are left out where they have their
default. Words that need no escaping (uids, stored choices) are quoted as they are.
"""

from collections.abc import Iterable


def words(key: str, column: str) -> str:
    """Write a required member holding any text."""
    return f"""',"{key}":', to_json({column})"""


def word(key: str, column: str) -> str:
    """Write a required member whose value needs no escaping: a uid or a stored choice."""
    return f"""',"{key}":"', {column}, '"'"""


def bare(key: str, column: str) -> str:
    """Write a required number."""
    return f"""',"{key}":', {column}"""


def flag(key: str, column: str) -> str:
    """Write a required true or false."""
    return f"""',"{key}":', CASE WHEN {column} THEN 'true' ELSE 'false' END"""


def if_words(key: str, column: str) -> str:
    """Write a text unless it is empty."""
    return f"CASE WHEN {column} <> '' THEN concat({words(key, column)}) END"


def if_word(key: str, column: str) -> str:
    """Write a stored choice unless it is empty."""
    return f"CASE WHEN {column} <> '' THEN concat({word(key, column)}) END"


def unless(key: str, column: str, default: str | int) -> str:
    """Write a stored choice or a number unless it is the record's default."""
    if isinstance(default, int):
        return f"CASE WHEN {column} <> {default} THEN concat({bare(key, column)}) END"
    return f"CASE WHEN {column} <> '{default}' THEN concat({word(key, column)}) END"


def if_any(key: str, column: str) -> str:
    """Write a value of any type unless it is null."""
    return f"CASE WHEN {column} IS NOT NULL THEN concat({words(key, column)}) END"


def if_true(key: str, condition: str) -> str:
    """Write `true` where the condition holds."""
    return f"""CASE WHEN {condition} THEN ',"{key}":true' END"""


def if_json(key: str, condition: str, json: str) -> str:
    """Write a JSON text where the condition holds."""
    return f"""CASE WHEN {condition} THEN concat(',"{key}":', {json}) END"""


def member(key: str, json: str) -> str:
    """Write a required member whose value is a JSON text already."""
    return f"""',"{key}":', {json}"""


def when(condition: str, part: str) -> str:
    """Write optional members only where the condition holds."""
    return part if condition == "true" else f"CASE WHEN {condition} THEN concat({part}) END"


def json_object(members: Iterable[str]) -> str:
    """Write an object. The first member must be a required one."""
    first, *rest = members
    assert first.startswith("',"), first
    return f"concat('{{{first[2:]}, {', '.join([*rest, chr(39) + '}' + chr(39)])})"


def json_list(item: str, source: str) -> str:
    """Write a list of the rows that `source` (FROM ... ORDER BY ...) gives."""
    return f"concat('[', array_to_string(ARRAY(SELECT {item} {source}), ','), ']')"


def if_rows(key: str, item: str, source: str) -> str:
    """Write a list of the rows that `source` gives, unless there are none."""
    listed = f"nullif({json_list(item, source)}, '[]')"
    return f"""(SELECT ',"{key}":' || {listed})"""


def ranges(span: str, *, in_full: bool = True) -> str:
    """Write the ranges of the span that a column names by id; in full with what stands around."""
    around = [words("prefix", "r.prefix"), words("suffix", "r.suffix")] if in_full else []
    one = json_object(
        [bare("start", "r.start"), bare("end", 'r."end"'), words("exact", "r.exact"), *around]
    )
    return json_list(one, f"FROM annotations_spanrange r WHERE r.span_id = {span} ORDER BY r.n")


def moment(key: str, prefix: str, text: str | None = None) -> str:
    """Write a date of four columns (see records.Moment) unless nothing was entered."""
    text = text or prefix
    json = json_object(
        [
            words("edtf", text),
            if_any("earliest", f"{prefix}_earliest"),
            if_any("latest", f"{prefix}_latest"),
            if_words("zone", f"{prefix}_zone"),
        ]
    )
    return if_json(key, f"{text} <> ''", json)


def person(column: str) -> str:
    """Look up a person's uid."""
    return f"(SELECT uid FROM annotations_user WHERE id = {column})"


def maker(row: str, *, near: str | None = None) -> str:
    """Look up who made a row; mostly they made the row `near` (its alias), joined as `near`_by."""
    column = f"{row}.created_by_id"
    if near is None:
        return person(column)
    if near == row:
        return f"{near}_by.uid"
    return f"CASE WHEN {column} = {near}.created_by_id THEN {near}_by.uid ELSE {person(column)} END"


def made(row: str, *, near: str | None = None) -> str:
    """Write who made a row, and when; see `maker`."""
    by = word("created_by", maker(row, near=near))
    return f"{words('created_at', f'{row}.created_at')}, {by}"


def edited(row: str, *, near: str | None = None) -> str:
    """Write who made an editable row, when, when it last changed, and how often."""
    return (
        f"{made(row, near=near)}, {words('updated_at', f'{row}.updated_at')}, "
        f"{bare('revision', f'{row}.revision')}"
    )


def removal(key: str, row: str, verb: str, *, reason: str | None) -> str:
    """Write a discard, a hiding or a lock where there is one."""
    json = json_object(
        [
            words("at", f"{row}.{verb}_at"),
            if_any("by", person(f"{row}.{verb}_by_id")),
            *([if_words("reason", f"{row}.{reason}")] if reason else []),
        ]
    )
    return if_json(key, f"{row}.{verb}_at IS NOT NULL", json)


def moderated(row: str) -> str:
    """Write what moderation decided about a row."""
    hidden = removal("hidden", row, "hidden", reason="hidden_reason")
    return f"{hidden}, {removal('locked', row, 'locked', reason=None)}"


def discardable(row: str) -> str:
    """Write whether the desk took a row back."""
    return removal("discarded", row, "discarded", reason="discard_reason")
