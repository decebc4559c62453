"""The machinery of a build, from lists to what a release holds. ``pipeline.build`` winds it up.

::

    lists ─ gather ─▶ tasks ──────▶ stages ──────▶ runs ─▶ whole ───────▶ release.Release
            by the    one chunk,    resolve,       on      projects:
            chunk     whoever       classify,      disk,   an announcement or several, joined
                      does it       describe,      sorted  entities: what all runs know of each
                                    check                  check_tasks, findings in order

=============  ==================================================================================
``options``    what a user asks for
``gather``     reads the lists, gives each chunk of rows to a worker, keeps what is done already
``tasks``      a chunk as a task: light to send; what comes of it is written as a run
``stages``     rows → projects with names, themes, statements and their text (``chunks``)
``runs``       a folder for each chunk, sorted: index and texts; ``shared``: its shared entities;
               ``spool``: its findings
``projects``   all runs' announcements → each project once; ``joining``: what several state
``entities``   all runs' shared entities → each once, in every format
``whole``      both, what no chunk could check (``check_tasks``), the findings in order, the release
``versions``   which coopdec makes a run: workers of another are refused
``garbage``    when Python looks for garbage meanwhile
=============  ==================================================================================

A chunk knows nothing of others, and runs are joined by reading each from beginning to end: any
chunk size, any number of workers and any order give the same bytes, in memory that does not grow
with the number of projects.
"""
