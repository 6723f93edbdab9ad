"""History: who, when, what changed, why."""
