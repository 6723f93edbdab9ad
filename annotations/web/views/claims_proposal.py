"""What a new place's form holds before anyone typed: quote type, and the speaker if known."""

from annotations.accounts.models import User
from annotations.claims.suggest import names_within
from annotations.lib.names import fold_name
from annotations.projects.models import Project
from annotations.sources.models import Source, SourceAlias
from annotations.web.views.claims_place import PassageView


def proposed_hop(user: User, project: Project, passage: PassageView) -> dict[str, object]:
    """Return the first hop as the text proposes it; a person accepts, corrects or clears it.

    Only a speaker whom the project knows is filled in: saving a proposal never makes a source.
    """
    proposed: dict[str, object] = {"quote_type": passage.quote_type}
    source = known_speaker(user, project, passage.speaker.text) if passage.speaker else None
    if source is not None and passage.speaker and passage.cue:
        proposed |= {
            "source_name": source.name,
            "source_ranges": passage.speaker.value,
            "cue_ranges": passage.cue.value,
            # Read by the template only; the form has no such field.
            "proposed": source,
        }
    return proposed


def known_speaker(user: User, project: Project, words: str) -> Source | None:
    """Return the source that the words name by the longest spelling known, if the user sees it."""
    keys = [key for key in map(fold_name, names_within(words)) if key]
    visible = Source.objects.visible_to(user).filter(project=project)
    spellings = SourceAlias.objects.filter(
        project=project, name_key__in=keys, source__in=visible
    ).select_related("source")
    known = {one.name_key: one.source for one in spellings}
    return next((known[key] for key in keys if key in known), None)
