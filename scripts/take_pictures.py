"""Take the pictures of the README from a site that is built now.

    python scripts/take_pictures.py [--release DIR] [--chromium PATH]

Writes ``docs/pictures/*.png``. Needs the dev extra (playwright), Pillow (which pdfplumber
brings) and a Chromium.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs/pictures"
#: (file, page, width, height, what to scroll to)
PICTURES = (
    ("home.png", "/", 1200, 1020, None),
    ("project.png", "{project}", 1200, 1150, None),
    ("list-phone.png", "/en/project/", 390, 760, "#results-title"),
)
_LARGEST = 200_000


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def shrink(path: Path) -> None:
    """Few colours are enough for a picture of a page."""
    from PIL import Image

    with Image.open(path) as image:
        small = image.convert("RGB").quantize(96, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--release", type=Path, default=ROOT / "output")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    from coopdec.web.site import write_site

    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        write_site(options.release, site)
        project = max((site / "project").rglob("*.html"),
                      key=lambda p: (p.read_text("utf-8").count("<mark>"), str(p)))
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        OUT.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=options.chromium, args=[
                "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking"])
            for name, address, width, height, at in PICTURES:
                page = browser.new_page(viewport={"width": width, "height": height})
                path = address.format(project=f"/{project.relative_to(site)}")
                page.goto(f"http://127.0.0.1:{server.server_port}{path}")
                page.wait_for_load_state("networkidle")
                if at:
                    page.locator(at).scroll_into_view_if_needed()
                page.screenshot(path=OUT / name)
                page.close()
                shrink(OUT / name)
                if (OUT / name).stat().st_size > _LARGEST:
                    sys.stderr.write(f"{name}: larger than {_LARGEST} bytes\n")
            browser.close()
        server.shutdown()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
