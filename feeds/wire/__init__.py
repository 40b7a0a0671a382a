"""The wire: from a feed's address to clean stories, politely, within bounds, and with every loss accounted for.

Where to find what:

- :mod:`.fetch`      one feed asked for once: conditional, bounded in time and size, every hop checked
- :mod:`.client`     the HTTP client, its limits, its proxies
- :mod:`.addresses`  which addresses may be asked at all, DNS answers included
- :mod:`.inflate`    gzip and deflate under a cap enforced while inflating
- :mod:`.parse`      a body to stories; :mod:`.feedparsing`, :mod:`.fastpath` and :mod:`.jsonfeed` read the formats
  into :mod:`.entries`, which makes the stories; :mod:`.dates` reads the dates, :mod:`.ttl` how often to ask
- :mod:`.feednames`  what an element means to the fast path, :mod:`.fastfields` what it gathers of one entry
- :mod:`.charset`    bytes to characters
- :mod:`.clean`      HTML to clean text with its paragraphs
- :mod:`.links`      the addresses that a text points to; :mod:`.language` what it is written in
- :mod:`.wires`      the agency credited, and URGENT, UPDATE, CORRECTED, WITHDRAWN
- :mod:`.schedule`   when to ask again, and what to remember of an answer
- :mod:`.discover`   the feeds that a web page names
- :mod:`.opml`       subscriptions in and out
"""

import sys

# httpx loads a command line of its own where click and rich are there, as they are for the screen: four megabytes of a
# collector at rest and a thirtieth of a second of its start. Without it, it says that there is none.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
