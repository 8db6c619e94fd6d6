"""Rewrites an Office file so that the same content gives the same bytes."""

import re
import zipfile
from pathlib import Path

# The earliest date a ZIP entry can carry.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
CREATED = re.compile(rb"<dcterms:created[^>]*>([^<]*)")


def make_reproducible(path: Path) -> None:
    """Gives every ZIP member of `path` the same date, and the file the date of its creation."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members:
            fixed = _without_clock(content) if name == "docProps/core.xml" else content
            info = zipfile.ZipInfo(name, ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, fixed)


def _without_clock(core_properties: bytes) -> bytes:
    """Sets the modification time to the creation time; openpyxl writes the clock's."""
    created = CREATED.search(core_properties)
    if created is None:
        return core_properties
    return MODIFIED.sub(rb"\g<1>" + created.group(1), core_properties)
