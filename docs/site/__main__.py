"""`python -m docs.site`: build the site into `.site/html`."""

from docs.site.build import build
from docs.site.stage import ROOT

if __name__ == "__main__":
    page = build(ROOT / ".site") / "index.html"
    print(f"Open {page.as_uri()}")
