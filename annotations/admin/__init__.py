"""The moderation desk: Django admin, cut down to what a person may see and do."""
