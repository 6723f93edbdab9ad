"""Comments on claims: threads in which people of a project talk about a claim."""
