"""What a changed fold changes beside the story's own row: which places the threads touched are about."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from feeds.archive.schema import evidence, placed, stories


def place_again(connection: Connection, leads: Collection[int]) -> None:
    """Enters the places of the threads of some leads anew, from the stories that they have now."""
    if not leads:
        return
    here = stories.c.lead.in_(leads)
    named = connection.execute(select(stories.c.lead, stories.c.places).where(here))
    wanted = {(place, lead) for lead, places in named for place in places or ()}
    said = (
        select(evidence.c.place, stories.c.lead).join(stories, stories.c.id == evidence.c.story).where(here)
    )
    wanted.update((place, lead) for place, lead in connection.execute(said.distinct()))
    connection.execute(delete(placed).where(placed.c.lead.in_(leads)))
    if wanted:
        connection.execute(insert(placed), [{"place": place, "lead": lead} for place, lead in sorted(wanted)])
