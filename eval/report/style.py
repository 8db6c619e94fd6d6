"""The style of the report: light and dark, on a telephone, on a screen and on A4.

The colours of lines and marks are those of Okabe & Ito (2008), told apart by all kinds of sight;
each look has a dash and a shape of its own besides.
"""

from assistant.report.style import BASE

_LIGHT = """--page: #f3f5f6; --paper: #fff; --ink: #16212b; --muted: #525f6b; --line: #d3dae0;
  --accent: #0b5c66; --soft: #eef3f4; --bad: #9b2c2c; --bad-soft: #fbe3df; --good: #1c6b41;
  --good-soft: #dcf1e4; --warn: #7a4b00; --warn-soft: #fdeecb; --heat: #d55e00; --grey: #e6eaed;
  --c0: #0072b2; --c1: #b04a00; --c2: #00785a; --c3: #8f4a75; --c4: #5f6b76;"""
_DARK = """--page: #10161b; --paper: #182026; --ink: #e7edf1; --muted: #a9b6c0; --line: #37444e;
  --accent: #6fc6d1; --soft: #212c34; --bad: #ff9c8f; --bad-soft: #4a2320; --good: #7fd6a3;
  --good-soft: #173a28; --warn: #f3c264; --warn-soft: #43330d; --heat: #b8510a; --grey: #2b353d;
  --c0: #56b4e9; --c1: #e69f00; --c2: #2fc79b; --c3: #e6a0c4; --c4: #a9b6c0;"""

_HEAT = "".join(
    f"td.b{n} {{ background: color-mix(in srgb, var(--heat) {n * 5}%, var(--paper)); }}\n"
    for n in range(11)
)
_DASHES = ("none", "7 3", "2 3", "9 3 2 3", "3 4")
_LOOKS = "".join(
    f"svg .l{n} {{ fill: none; stroke: var(--c{n}); stroke-width: {2 if n < 4 else 1.3}; "
    f"stroke-dasharray: {dash}; }}\nsvg .m{n} {{ fill: var(--c{n}); }}\n"
    for n, dash in enumerate(_DASHES)
)
_LOOKS += "svg .m4 { fill: var(--c1); }\n"

STYLE = (
    f":root {{ color-scheme: light dark; {_LIGHT} }}\n"
    f"@media (prefers-color-scheme: dark) {{ :root {{ {_DARK} }} }}\n"
    + BASE
    + _LOOKS
    + _HEAT
    + """
body { max-width: 1120px; }
.languages { margin: 0; padding: 0; border: 0; }
.languages legend { float: left; margin-right: 12px; padding: 0; color: var(--muted); }
.languages input { accent-color: var(--accent); margin: 0 6px 0 0; }
.languages label { margin-right: 16px; }
.languages label, .languages legend { font-size: 14px; line-height: 24px; }
body:has(#to-es:checked) main:not([lang="es"]), body:has(#to-en:checked) main:not([lang="en"]) {
  display: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
code, pre { font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
pre { padding: 10px 12px; background: var(--soft); overflow-x: auto; }
.card h3 { margin: 14px 0 2px; font-size: 14px; color: var(--accent); }
.card h4 { margin: 10px 0 0; font-size: 13px; color: var(--muted); }
.strip { display: flex; gap: 18px; margin-top: 14px; padding: 18px 20px; border-radius: 10px;
  border-left: 10px solid var(--muted); background: var(--soft); }
.strip h1 span { margin-top: 2px; font-size: 15px; font-weight: 600; color: var(--muted); }
.strip .sign { margin: 0; font-size: 42px; line-height: 1; font-weight: 700; }
.strip.pass { border-color: var(--good); background: var(--good-soft); }
.strip.pass .sign { color: var(--good); }
.strip.block, .strip.invalid { border-color: var(--bad); background: var(--bad-soft); }
.strip.block .sign, .strip.invalid .sign { color: var(--bad); }
.strip.inconclusive { border-color: var(--warn); background: var(--warn-soft); }
.strip.inconclusive .sign { color: var(--warn); }
dl.facts { display: flex; flex-wrap: wrap; gap: 8px 26px; margin-top: 14px; }
dl.facts dt { color: var(--muted); font-size: 13px; }
dl.facts dd { font-size: 14px; font-weight: 600; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-top: 14px; padding: 0;
  list-style: none; font-size: 14px; }
nav li { margin: 0; padding: 3px 0; }
.badge { display: inline-block; padding: 1px 8px; border: 1px solid var(--line);
  border-radius: 9px; background: var(--paper); font-size: 12.5px; font-weight: 400;
  white-space: nowrap; }
.badge.block, .badge.invalid, .badge.critical { border-color: var(--bad); color: var(--bad);
  font-weight: 700; }
.badge.warn, .badge.inconclusive { border-color: var(--warn); color: var(--warn); }
.badge.ok { border-color: var(--good); color: var(--good); }
svg.forest, svg.plot { display: block; width: 100%; height: auto; }
svg.plot { max-width: 560px; }
svg text { fill: var(--ink); font-size: 14px; }
svg.plot text { font-size: 12.5px; }
svg text.mid { text-anchor: middle; }
svg text.end { text-anchor: end; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .zero { stroke: var(--ink); stroke-width: 1.4; }
svg .band { fill: var(--c4); opacity: .2; }
svg .tick { stroke: var(--bad); stroke-width: 3; }
svg .whisker { stroke: var(--ink); stroke-width: 2; }
svg .mark { fill: var(--accent); }
svg.bar { display: block; width: 110px; height: 9px; margin: 5px 0 0 auto; }
figure { margin-top: 14px; }
.plots { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 6px 32px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; padding: 0; list-style: none;
  font-size: 13px; }
.legend svg { width: 40px; height: 14px; margin-right: 6px; vertical-align: -2px; }
summary { cursor: pointer; padding: 4px 0; color: var(--accent); font-size: 14px; }
.card { margin-top: 12px; padding: 6px 16px 12px; border: 1px solid var(--line);
  border-radius: 10px; }
.card > summary { color: var(--ink); font-size: 16px; }
.card > summary small { color: var(--muted); }
.card ul, .card ol { margin-top: 2px; font-size: 14px; }
.card p { margin-top: 4px; font-size: 14px; }
.card small { color: var(--muted); font-size: 12.5px; }
.badges { display: inline-flex; flex-wrap: wrap; gap: 4px; margin: 0 8px; }
.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 28px; }
.checks { padding: 0; list-style: none; }
.turns { padding: 0; list-style: none; }
.answer { max-height: 19em; padding: 8px 12px; border-left: 4px solid var(--line);
  background: var(--soft); font-size: 14px; overflow-y: auto; }
.nowrap { white-space: nowrap; }
.passage { color: var(--muted); font-size: 13px; }
.yes { color: var(--good); font-weight: 700; }
.no { color: var(--bad); font-weight: 700; }
.hint.unsupported, .hint.contradicted { color: var(--bad); }
del { background: var(--bad-soft); color: var(--bad); text-decoration: line-through; }
ins { background: var(--good-soft); color: var(--good); text-decoration: underline; }
mark { background: var(--warn-soft); color: inherit; outline: 1px solid var(--warn); }
.tags { display: flex; flex-wrap: wrap; gap: 5px; }
.scrolled { overflow-x: auto; }
.findings { padding: 0; list-style: none; font-size: 14px; }
table.heat { font-size: 13px; }
table.heat td { text-align: center; font-variant-numeric: tabular-nums; line-height: 1.25; }
table.heat thead th { text-align: center; font-size: 12px; font-weight: 600; white-space: normal;
  overflow-wrap: normal; }
table.heat td small, table.heat th small { color: var(--muted); font-size: 11.5px; }
table.heat td[class^="b"] small { color: inherit; }
td.few { background: var(--grey); color: var(--muted); }
footer { margin-top: 32px; }
@media (max-width: 760px) {
  .two, .plots { grid-template-columns: minmax(0, 1fr); }
  .scrolled svg.forest { min-width: 760px; }
  .strip { gap: 12px; padding: 14px; }
  .strip h1 { font-size: 24px; }
  .scrolled table { min-width: 0; }
  .scrolled table.wide, .scrolled table.heat { min-width: 820px; }
}
"""
    + f"@media print {{ :root {{ color-scheme: light; {_LIGHT} }}\n"
    + """
  body { max-width: none; }
  .languages, nav { display: none; }
  .card { break-inside: auto; }
  .answer { max-height: none; }
  .card > summary { break-after: avoid; }
  .strip, figure, .answer, .found li, .cited li { break-inside: avoid; }
  .scrolled table { min-width: 0; }
  table.heat { font-size: 8pt; }
  table.heat thead th, table.heat td small, table.heat th small { font-size: 7pt; }
  table.heat th, table.heat td { padding: 3px; }
}
"""
)
