"""The archive on a PostgreSQL server: its connections, its search, and the feeds that collectors share among them.

Imported only for an archive named by a ``postgresql://`` address; needs psycopg, the extra ``postgres``.
"""
