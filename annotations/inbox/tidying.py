"""Letting go of notifications that were read long ago."""

from datetime import timedelta

from django.utils import timezone

from annotations.notifications.models import Notification

KEPT = timedelta(days=90)


def notifications_forget(timestamp: int = 0) -> None:
    """Remove what was read more than 90 days ago; the history of what happened stays."""
    Notification.objects.filter(read_at__lt=timezone.now() - KEPT).delete()
