"""The style of the report: one file, on screen and on A4."""

STYLE = """
:root { color-scheme: light; --ink: #16212b; --muted: #525f6b; --line: #d3dae0; --accent: #0b5c66;
  --soft: #e3f0f1; --bad: #9b2c2c; --bad-soft: #fbe9e7; }
* { box-sizing: border-box; }
html { background: #f3f5f6; }
body { max-width: 880px; margin: 0 auto; padding: 32px 40px 48px; background: #fff;
  color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial,
  sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 30px; line-height: 1.2; }
h1 span { display: block; color: var(--accent); }
h2 { margin: 36px 0 8px; padding-top: 14px; border-top: 2px solid var(--accent); font-size: 21px; }
h3 { margin: 18px 0 4px; font-size: 16px; }
p { margin-top: 8px; }
ul { margin-top: 8px; padding-left: 20px; }
li { margin-top: 5px; }
.meta, .hint { color: var(--muted); font-size: 14px; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin-top: 12px; }
.tile { padding: 12px 14px; border: 1px solid var(--line); border-radius: 8px; }
.tile b { display: block; font-size: 27px; line-height: 1.15; font-variant-numeric: tabular-nums; }
.tile small { display: block; color: var(--muted); font-size: 13px; line-height: 1.35; }
table { width: 100%; margin-top: 12px; border-collapse: collapse; font-size: 14px; }
caption { text-align: left; }
th, td { padding: 7px 8px; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
thead th { border-bottom: 2px solid var(--line); color: var(--muted); font-size: 13px; }
tbody th { min-width: 150px; font-weight: 600; }
th .hint { font-weight: 400; }
table.dense { font-size: 12.5px; }
table.dense th, table.dense td { padding: 6px 4px; }
table.dense thead th { font-size: 11.5px; white-space: normal; }
table.dense tbody th, table.dense th.n { min-width: 58px; }
td.done, th.done { width: 32%; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.n small { color: var(--muted); }
.up { color: var(--bad); font-weight: 600; white-space: nowrap; }
svg.columns { display: block; width: 100%; height: auto; margin-top: 10px; }
svg.columns text { fill: var(--muted); font-size: 12px; text-anchor: middle; }
svg.columns text.num { fill: var(--ink); font-weight: 600; }
svg .mark { fill: var(--accent); }
svg .base { stroke: var(--line); stroke-width: 1; }
svg.bar { width: 80px; height: 8px; display: block; margin: 5px 0 0 auto; }
svg.spark { width: 110px; height: 24px; }
svg.spark polyline { fill: none; stroke: var(--accent); stroke-width: 2; }
svg.spark circle { fill: var(--accent); }
svg.spark.up polyline { stroke: var(--bad); }
svg.spark.up circle { fill: var(--bad); }
.rose { margin-top: 10px; padding: 10px 14px; border-left: 4px solid var(--bad);
  background: var(--bad-soft); }
.rose b { display: block; }
dl.defined dt { margin-top: 10px; font-weight: 600; }
dl.defined dd { color: var(--muted); font-size: 14px; }
@page { size: A4; margin: 16mm 14mm; }
@media (max-width: 640px) {
  body { padding: 20px 16px 32px; }
  .tiles { grid-template-columns: repeat(2, 1fr); }
  .scrolled { overflow-x: auto; }
  .scrolled table { min-width: 560px; }
}
@media print {
  html { background: #fff; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2 { break-after: avoid; margin-top: 22px; }
  h3 { break-after: avoid; }
  tr, .tile, .rose, figure, dl.defined div { break-inside: avoid; }
  table { font-size: 9.5pt; }
  table.dense { font-size: 8.5pt; }
  table.dense thead th { font-size: 8pt; }
  thead { display: table-header-group; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""
