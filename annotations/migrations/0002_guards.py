"""What the database refuses by itself, and the few things it does by itself."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# (table, reference, target): every reference from one row of a project to another.
SAME_PROJECT = [
    ("article", "outlet", "outlet"),
    ("article", "syndicated_from", "article"),
    ("articleupload", "article", "article"),
    ("articleupload", "file", "storedfile"),
    ("articleversion", "article", "article"),
    ("articleversion", "file", "storedfile"),
    ("attribution", "cue_span", "span"),
    ("attribution", "event", "lifecycleevent"),
    ("attribution", "mention", "mention"),
    ("attribution", "source", "source"),
    ("attribution", "source_span", "span"),
    ("attribution", "spokesperson_for", "source"),
    ("attribution", "statement", "statement"),
    ("block", "version", "articleversion"),
    ("claim", "statement", "statement"),
    ("claim", "translation_of", "claim"),
    ("eventassessment", "event", "lifecycleevent"),
    ("eventassessment", "reporter", "source"),
    ("eventmoderation", "event", "lifecycleevent"),
    ("lifecycleevent", "actor", "source"),
    ("lifecycleevent", "article", "article"),
    ("lifecycleevent", "claim", "claim"),
    ("lifecycleevent", "on_behalf_of", "source"),
    ("lifecycleevent", "statement", "statement"),
    ("mention", "article", "article"),
    ("mention", "claim", "claim"),
    ("mention", "span", "span"),
    ("mention", "version", "articleversion"),
    ("review", "claim", "claim"),
    ("source", "outlet", "outlet"),
    ("sourcealias", "source", "source"),
    ("span", "version", "articleversion"),
    ("spanrange", "span", "span"),
    ("statement", "source", "source"),
    ("statement", "state_event", "lifecycleevent"),
]
TABLES = sorted({name for row in SAME_PROJECT for name in (row[0], row[2])} | {"exportrelease"})
TARGETS = sorted({target for _, _, target in SAME_PROJECT})


def same_project_sql() -> list[str]:
    """Write the composite keys that keep every reference inside its project."""
    statements = []
    for table in TABLES:
        if table in TARGETS:
            statements.append(
                f"ALTER TABLE annotations_{table} ADD CONSTRAINT {table}_in_project "
                "UNIQUE (project_id, id)"
            )
        else:
            statements.append(
                f"CREATE INDEX {table}_in_project ON annotations_{table} (project_id, id)"
            )
    for table, reference, target in SAME_PROJECT:
        statements.append(
            f"ALTER TABLE annotations_{table} "
            f"ADD CONSTRAINT {table}_{reference}_is_in_the_same_project "
            f"FOREIGN KEY (project_id, {reference}_id) "
            f"REFERENCES annotations_{target} (project_id, id)"
        )
    return statements


# A mention's article and span are those of its version, proved by keys and not by care.
MENTION_AGREES = [
    "ALTER TABLE annotations_articleversion ADD CONSTRAINT version_of_article "
    "UNIQUE (article_id, id)",
    "ALTER TABLE annotations_span ADD CONSTRAINT span_of_version UNIQUE (version_id, id)",
    "ALTER TABLE annotations_mention ADD CONSTRAINT mention_version_is_of_its_article "
    "FOREIGN KEY (article_id, version_id) REFERENCES annotations_articleversion (article_id, id)",
    "ALTER TABLE annotations_mention ADD CONSTRAINT mention_span_is_of_its_version "
    "FOREIGN KEY (version_id, span_id) REFERENCES annotations_span (version_id, id)",
]

HOP_SPANS_AGREE = """
CREATE FUNCTION factcheck_hop_spans_agree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM annotations_span s
         WHERE s.id IN (NEW.cue_span_id, NEW.source_span_id)
           AND s.version_id IS DISTINCT FROM
               (SELECT m.version_id FROM annotations_mention m WHERE m.id = NEW.mention_id)
    ) THEN
        RAISE EXCEPTION 'cue and source words stand in the version of their mention'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hop_spans_stand_in_the_version';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hop_spans_agree BEFORE INSERT OR UPDATE OF cue_span_id, source_span_id, mention_id
    ON annotations_attribution FOR EACH ROW
    WHEN (NEW.cue_span_id IS NOT NULL OR NEW.source_span_id IS NOT NULL)
    EXECUTE FUNCTION factcheck_hop_spans_agree();
"""

# Deferred, because a version comes before its blocks; checked when the transaction ends.
BLOCKS_MAKE_THE_TEXT = """
CREATE FUNCTION factcheck_blocks_make_the_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    joined TEXT;
    gap BOOLEAN;
BEGIN
    SELECT string_agg(b.text, '' ORDER BY b.n),
           bool_or(b.start <> b.before OR b."end" - b.start <> char_length(b.text))
      INTO joined, gap
      FROM (SELECT n, text, start, "end", coalesce(lag("end") OVER (ORDER BY n), 0) AS before
              FROM annotations_block WHERE version_id = NEW.id) b;
    IF joined IS DISTINCT FROM NEW.text OR gap OR NEW.length <> char_length(NEW.text) THEN
        RAISE EXCEPTION 'the blocks of a version concatenate exactly to its text'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'blocks_make_the_text';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER blocks_make_the_text AFTER INSERT ON annotations_articleversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION factcheck_blocks_make_the_text();

-- Each block begins where the one before it ends and none passes the end of the text, so nothing
-- can be added to a version later on.
CREATE FUNCTION factcheck_block_follows_the_last() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    expected INTEGER := 0;
BEGIN
    IF NEW.n > 0 THEN
        SELECT "end" INTO expected FROM annotations_block
         WHERE version_id = NEW.version_id AND n = NEW.n - 1;
    END IF;
    IF expected IS DISTINCT FROM NEW.start
       OR NEW."end" > (SELECT length FROM annotations_articleversion WHERE id = NEW.version_id)
    THEN
        RAISE EXCEPTION 'a block begins where the one before it ends, inside the text'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'block_follows_the_last';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER block_follows_the_last BEFORE INSERT ON annotations_block
    FOR EACH ROW EXECUTE FUNCTION factcheck_block_follows_the_last();
"""

UUID7 = """
CREATE FUNCTION factcheck_uuid7() RETURNS uuid LANGUAGE sql VOLATILE AS $$
    -- RFC 9562, section 5.7: 48 bits of Unix milliseconds, version 7, the rest random.
    SELECT encode(
        set_bit(
            set_bit(
                overlay(
                    uuid_send(gen_random_uuid())
                    PLACING substring(
                        int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3
                    ) FROM 1 FOR 6
                ), 52, 1
            ), 53, 1
        ), 'hex')::uuid
$$;
"""

# Exactly one source of kind outlet for every outlet: made with it, renamed with it. In the
# database, because outlets live below sources and may not call up.
OUTLET_SOURCE = """
CREATE FUNCTION factcheck_outlet_has_a_source() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    made BIGINT;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        UPDATE annotations_source SET name = NEW.name, updated_at = now(), revision = revision + 1
         WHERE outlet_id = NEW.id AND name <> NEW.name RETURNING id INTO made;
    ELSE
        SELECT a.source_id INTO made
          FROM annotations_sourcealias a JOIN annotations_source s ON s.id = a.source_id
         WHERE a.project_id = NEW.project_id AND a.name_key = NEW.name_key
           AND s.outlet_id IS NULL;
        IF made IS NOT NULL THEN
            UPDATE annotations_source SET outlet_id = NEW.id, kind = 'outlet', updated_at = now(),
                   revision = revision + 1
             WHERE id = made;
            RETURN NULL;
        END IF;
        INSERT INTO annotations_source (uid, created_at, updated_at, revision, hidden_reason, name,
                                        kind, description, created_by_id, project_id, outlet_id)
        VALUES (factcheck_uuid7(), now(), now(), 1, '', NEW.name, 'outlet', '', NEW.created_by_id,
                NEW.project_id, NEW.id) RETURNING id INTO made;
    END IF;
    IF made IS NOT NULL THEN
        INSERT INTO annotations_sourcealias (uid, created_at, name, name_key, created_by_id,
                                             project_id, source_id)
        VALUES (factcheck_uuid7(), now(), NEW.name, NEW.name_key, NEW.created_by_id,
                NEW.project_id, made)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER outlet_has_a_source AFTER INSERT OR UPDATE OF name ON annotations_outlet
    FOR EACH ROW EXECUTE FUNCTION factcheck_outlet_has_a_source();
"""

# unaccent() is only STABLE, because its dictionary could change; ours does not, and an index
# needs an immutable function.
UNACCENT = """
CREATE FUNCTION factcheck_unaccent(words text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT public.unaccent('public.unaccent', words) $$;
CREATE INDEX block_text_search ON annotations_block
    USING gin (to_tsvector('simple', factcheck_unaccent(text)));
CREATE INDEX claim_text_search ON annotations_claim
    USING gin (to_tsvector('simple', factcheck_unaccent(text)));
"""

CACHE_TABLE = """
CREATE TABLE cache_entries (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX cache_entries_expires ON cache_entries (expires);
"""


def make_system_user(apps, schema_editor) -> None:
    """Make the account the machine acts as; it has no usable password."""
    User = apps.get_model("annotations", "User")
    User.objects.create(
        email="system@factcheck.invalid", display_name="System", is_system=True, password="!"
    )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_initial")]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        *[migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in same_project_sql()],
        *[migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in MENTION_AGREES],
        migrations.RunSQL(HOP_SPANS_AGREE, migrations.RunSQL.noop),
        migrations.RunSQL(BLOCKS_MAKE_THE_TEXT, migrations.RunSQL.noop),
        migrations.RunSQL(UUID7, migrations.RunSQL.noop),
        migrations.RunSQL(OUTLET_SOURCE, migrations.RunSQL.noop),
        migrations.RunSQL(UNACCENT, migrations.RunSQL.noop),
        migrations.RunSQL(CACHE_TABLE, migrations.RunSQL.noop),
        migrations.RunPython(make_system_user, migrations.RunPython.noop),
    ]
