"""What a person was told, as they may see it now: the list, its count, mail, and followers."""
