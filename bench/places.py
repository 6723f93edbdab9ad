"""Where the rows of a measurement are: the article worked in, and which words to mark."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

SPEAKER = "the ministry of région"
CUE = "said that"


@dataclass(frozen=True)
class Text:
    """One version with its text, whose sentences all name a speaker."""

    project_id: int
    article_id: int
    article_uid: UUID
    version_id: int
    version_uid: UUID
    words: str

    def ranges(self, number: int) -> tuple[list[int], list[int], list[int]]:
        """Return the places of a sentence, its speaker and its cue; another for each number."""
        at = 0
        # Spread over the text, so that no part of it is favoured.
        nth = number * 37 % self.words.count(SPEAKER)
        for _sentence in range(nth + 1):
            at = self.words.index(SPEAKER, at) + 1
        speaker = at - 1
        cue = self.words.index(CUE, speaker)
        end = self.words.index(".", cue)
        return [speaker, end], [speaker, speaker + len(SPEAKER)], [cue, cue + len(CUE)]


def only_text(connection: Any, project_id: int) -> Text:
    """Return the one article of a project."""
    row = connection.execute(
        "SELECT a.project_id, a.id, a.uid, v.id, v.uid, v.text FROM annotations_article a"
        " JOIN annotations_articleversion v ON v.article_id = a.id WHERE a.project_id = %s",
        [project_id],
    ).fetchone()
    return Text(*row)


def any_source(connection: Any, project_id: int) -> tuple[int, UUID]:
    """Return the id and uid of a source of the project."""
    id_and_uid: tuple[int, UUID] = connection.execute(
        "SELECT id, uid FROM annotations_source WHERE project_id = %s ORDER BY id LIMIT 1",
        [project_id],
    ).fetchone()
    return id_and_uid
