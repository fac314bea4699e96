"""Origins: how many independent origins a claim has, and why."""
