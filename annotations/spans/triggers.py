"""The proofs the database itself asks of a span: its words are the text's words."""

import pgtrigger

# Only the touched blocks are read: substr() at the end of a million characters costs 4-6 ms,
# the blocks 0.01 ms. Prefix and suffix are proved as well, because an anchor with false context
# would attach elsewhere later.
_RANGE_SQL = """
    SELECT version_id, start, "end" INTO span_row FROM annotations_span WHERE id = NEW.span_id;
    SELECT string_agg(text, '' ORDER BY n), min(start), max("end")
      INTO passage, passage_start, passage_end
      FROM annotations_block
     WHERE version_id = span_row.version_id
       AND start < NEW."end" + 32 AND "end" > NEW.start - 32;
    IF passage IS NULL OR NEW.start < passage_start OR NEW."end" > passage_end THEN
        RAISE EXCEPTION 'range %-% lies outside the text', NEW.start, NEW."end"
            USING ERRCODE = 'check_violation', CONSTRAINT = 'range_lies_in_text';
    END IF;
    IF substr(passage, NEW.start - passage_start + 1, NEW."end" - NEW.start) <> NEW.exact THEN
        RAISE EXCEPTION 'range %-% does not match its text', NEW.start, NEW."end"
            USING ERRCODE = 'check_violation', CONSTRAINT = 'range_matches_text';
    END IF;
    IF substr(passage, greatest(NEW.start - 32, 0) - passage_start + 1,
              least(NEW.start, 32)) <> NEW.prefix
       OR substr(passage, NEW."end" - passage_start + 1, 32) <> NEW.suffix THEN
        RAISE EXCEPTION 'context of range %-% does not match its text', NEW.start, NEW."end"
            USING ERRCODE = 'check_violation', CONSTRAINT = 'range_context_matches_text';
    END IF;
    IF NEW.start < span_row.start OR NEW."end" > span_row."end" THEN
        RAISE EXCEPTION 'range %-% lies outside its span', NEW.start, NEW."end"
            USING ERRCODE = 'check_violation', CONSTRAINT = 'range_lies_in_span';
    END IF;
    IF EXISTS (SELECT FROM annotations_spanrange other
                WHERE other.span_id = NEW.span_id
                  AND ((other.n < NEW.n AND other."end" > NEW.start)
                    OR (other.n > NEW.n AND other.start < NEW."end"))) THEN
        RAISE EXCEPTION 'ranges of a span are sorted and disjoint'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ranges_are_sorted_and_disjoint';
    END IF;
    RETURN NEW;
"""

RANGE_MATCHES_TEXT = pgtrigger.Trigger(
    name="range_matches_text",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[
        ("span_row", "RECORD"),
        ("passage", "TEXT"),
        ("passage_start", "INTEGER"),
        ("passage_end", "INTEGER"),
    ],
    func=_RANGE_SQL,
)

SPAN_HAS_RANGES = pgtrigger.Trigger(
    name="span_has_ranges",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    declare=[("first_start", "INTEGER"), ("last_end", "INTEGER")],
    func="""
        SELECT min(start), max("end") INTO first_start, last_end
          FROM annotations_spanrange WHERE span_id = NEW.id;
        IF first_start IS DISTINCT FROM NEW.start OR last_end IS DISTINCT FROM NEW."end" THEN
            RAISE EXCEPTION 'a span begins with its first range and ends with its last'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'span_covers_its_ranges';
        END IF;
        RETURN NULL;
    """,
)
