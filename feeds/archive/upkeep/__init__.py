"""Looking after an archive: copied to another engine, checked, relieved of what is old, opened to others.

``tables`` which tables hold what, and in which order · ``copying`` from one archive into another · ``checking`` is it
sound · ``retention`` what may go · ``grants`` who may do what on a server
"""
