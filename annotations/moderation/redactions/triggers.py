"""What the database itself asks of a redaction: two people, and an order of states."""

import pgtrigger

# An operator and an admin of the project. A person has no one project: an operator and an admin
# of any project of theirs, or two operators.
_TAKES_TWO = """
    IF NEW.kind <> OLD.kind OR NEW.project_id IS DISTINCT FROM OLD.project_id
       OR NEW.person_id IS DISTINCT FROM OLD.person_id OR NEW.ground <> OLD.ground
       OR NEW.reference <> OLD.reference OR NEW.created_by_id <> OLD.created_by_id
       OR NEW.created_at <> OLD.created_at OR NEW.uid <> OLD.uid THEN
        RAISE EXCEPTION 'what was asked to be redacted never changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'redaction_stays_as_asked';
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('looking', 'found'), ('looking', 'cancelled'), ('found', 'looking'),
        ('found', 'confirmed'), ('found', 'cancelled'), ('changed', 'looking'),
        ('changed', 'cancelled'), ('confirmed', 'changed'), ('confirmed', 'overwritten'),
        ('overwritten', 'done')
    ) OR OLD.state IN ('done', 'cancelled') THEN
        RAISE EXCEPTION 'a redaction that is % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'redaction_goes_its_way';
    END IF;
    IF NEW.places <> OLD.places AND OLD.state <> 'looking' THEN
        RAISE EXCEPTION 'places are found by looking'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'redaction_overwrites_what_was_shown';
    END IF;
    IF NEW.confirmed_by_id IS NOT NULL
       AND NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id THEN
        SELECT array_agg(u.id) INTO operators FROM annotations_user u
         WHERE u.id IN (NEW.created_by_id, NEW.confirmed_by_id)
           AND u.is_superuser AND u.is_active;
        SELECT array_agg(m.user_id) INTO admins
          FROM annotations_membership m JOIN annotations_user u ON u.id = m.user_id
         WHERE m.user_id IN (NEW.created_by_id, NEW.confirmed_by_id)
           AND m.role = 'admin' AND u.is_active
           AND (m.project_id = NEW.project_id
                OR EXISTS (SELECT FROM annotations_membership p
                            WHERE p.user_id = NEW.person_id AND p.project_id = m.project_id));
        IF NEW.kind = 'person' THEN
            admins := admins || operators;
        END IF;
        IF NEW.created_by_id = NEW.confirmed_by_id
           OR NEW.person_id IN (NEW.created_by_id, NEW.confirmed_by_id)
           OR NOT coalesce(
               NEW.created_by_id = ANY(operators) AND NEW.confirmed_by_id = ANY(admins)
               OR NEW.confirmed_by_id = ANY(operators) AND NEW.created_by_id = ANY(admins), false)
        THEN
            RAISE EXCEPTION 'a redaction takes an operator and an admin of the project'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'redaction_takes_two';
        END IF;
    END IF;
    RETURN NEW;
"""

TAKES_TWO = pgtrigger.Trigger(
    name="takes_two",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("operators", "BIGINT[]"), ("admins", "BIGINT[]")],
    func=_TAKES_TWO,
)

# The second person confirms the files that were chosen when they looked, and no others.
FILES_AS_CONFIRMED = pgtrigger.Trigger(
    name="files_as_confirmed",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        IF TG_OP = 'DELETE' THEN
            NEW := OLD;
        END IF;
        IF (SELECT state NOT IN ('looking', 'found') FROM annotations_redaction
             WHERE id = NEW.redaction_id)
           AND (TG_OP <> 'UPDATE' OR NEW.is_replaced <> OLD.is_replaced
                OR NEW.file_id <> OLD.file_id OR NEW.redaction_id <> OLD.redaction_id
                OR NEW.sha256_before <> OLD.sha256_before) THEN
            RAISE EXCEPTION 'the files of a redaction are chosen before it is confirmed'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'redaction_files_as_confirmed';
        END IF;
        RETURN NEW;
    """,
)
