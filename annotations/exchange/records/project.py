"""The project itself and the people an export names. PURE."""

from __future__ import annotations

from annotations.exchange.records.parts import Record, Time


class ProjectRecord(Record):
    """The exported project, and how, for whom and when the export was made."""

    uid: str
    name: str
    slug: str
    language: str
    time_zone: str
    reviews_needed: int
    blind: bool
    shared_editing: bool
    queue_policy: str
    revision: int
    created_at: Time
    created_by: str
    updated_at: Time
    exported_at: Time
    # Who looks again at a verdict; absent for nobody by name.
    look_again_policy: str | None = None
    # The versions that hold; absent where there is none.
    rating_scale: str | None = None
    guideline: str | None = None
    former_slugs: list[str] = []
    archived_at: Time | None = None
    # Whose eyes it was made with; absent means everything.
    seen_by: str | None = None
    with_history: bool = False
    # The moment whose knowledge it holds; absent where that is the moment it was made.
    known_at: Time | None = None


class PersonRecord(Record):
    """Someone the export names. Never with an e-mail address."""

    uid: str
    display_name: str
    # The role in the project when it was exported, or at `known_at`; absent for those without one.
    role: str | None = None
