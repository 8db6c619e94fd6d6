"""What is true of the strings of every page: the same in both languages, all used, none missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from assistant.shell.frame import Frame, Reader

STATIC = Path("assistant/shell/static")
FRAME = Path("assistant/shell/frame.py")
HOSTILE = '"><img src=x onerror=alert(1)>'
MARKUP = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
"""Ways by which a script would make markup of text."""


@dataclass(frozen=True)
class PageStrings:
    """A page's strings and where they are used.

    Attributes:
        frame: of the page, with its strings.
        scripts: that say them.
        page: the module that says them too.
        built: what stands after the place where a script puts a name together.
        shared: strings of scripts that other pages have too.
        more: names that are put together otherwise.
    """

    frame: Frame
    scripts: Sequence[Path]
    page: Path
    built: Mapping[str, Iterable[str]]
    shared: Iterable[str] = ()
    more: frozenset[str] = field(default=frozenset())

    @cached_property
    def script(self) -> str:
        """All that its scripts are."""
        return "".join(path.read_text("utf-8") for path in self.scripts)

    @cached_property
    def names_built(self) -> set[str]:
        """Names that the scripts put together."""
        starts = re.findall(r"say\(`(\w+_)\$\{", self.script)
        return {f"{start}{name}" for start in starts for name in self.built[start]} | self.more

    def check(self, least: int) -> None:
        """Both languages fill in the same; what is asked for is there, and what is there is used.

        Args:
            least: more strings than these are asked for, else the scripts are read wrongly.
        """
        spanish, english = self.frame.words["es"], self.frame.words["en"]
        assert spanish.keys() == english.keys()
        for key, said in spanish.items():
            assert said.strip(), key
            assert english[key].strip(), key
            values = (sorted(re.findall(r"\{(\w+)\}", text)) for text in (said, english[key]))
            assert len({*map(tuple, values)}) == 1, key
        asked = set(re.findall(r'say\(\s*"(\w+)"', self.script)) | self.names_built
        chosen = re.findall(r'say\([^)"`]*\? "(\w+)" : "(\w+)"', self.script)
        asked.update(key for pair in chosen for key in pair)
        assert len(asked) > least
        assert asked - spanish.keys() == set()
        modules = "".join(path.read_text("utf-8") for path in (self.page, FRAME))
        quoted = set(re.findall(r'"(\w+)"', self.script + modules)) | set(self.shared)
        assert spanish.keys() - quoted - self.names_built == set()
        for path in self.scripts:
            script = path.read_text("utf-8")
            assert [way for way in MARKUP if way in script] == [], path.name

    def shared_scripts_say(self, *names: str) -> None:
        """What scripts of all pages say is among the shared strings."""
        texts = ((STATIC / "shared" / name).read_text("utf-8") for name in names)
        asked = {key for text in texts for key in re.findall(r'say\("(\w+)"', text)}
        assert asked <= set(self.shared)


def hostile(*open_to: str) -> Reader:
    """Somebody with a name that is markup."""
    return Reader("es", HOSTILE, set(open_to), "Europe/Madrid")
