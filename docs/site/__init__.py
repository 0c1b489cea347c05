"""The documentation as a site: `make docs`.

Zensical builds it, by the authors of Material for MkDocs. They announced it as that theme's successor, and
gave the theme, which stands on an unmaintained MkDocs, another year of repairs only (until November 2026). It
has what is needed here: strict builds that check links and anchors, mkdocstrings, search without a server,
and a theme whose scripts and styles lie within the site (but for two, which `stage` brings).
"""
