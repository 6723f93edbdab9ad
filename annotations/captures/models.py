"""Files as they were handed in, addressed by their content."""

from django.db import models

from annotations.projects.models import ProjectEntity


class StoredFile(ProjectEntity):
    """One file's bytes, kept once per project under their SHA-256 (see storage.py)."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "sha256"], name="file_is_stored_once_per_project"
            ),
        ]

    def __str__(self) -> str:
        return self.name
