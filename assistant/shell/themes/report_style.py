"""The style of the monthly report."""

from assistant.report.style import BASE

STYLE = (
    """
:root { color-scheme: light; --page: #f3f5f6; --paper: #fff; --ink: #16212b; --muted: #525f6b;
  --line: #d3dae0; --accent: #0b5c66; --soft: #e3f0f1; --bad: #9b2c2c; --bad-soft: #fbe9e7; }
"""
    + BASE
    + """
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin-top: 12px; }
.tile { padding: 12px 14px; border: 1px solid var(--line); border-radius: 8px; }
.tile b { display: block; font-size: 27px; line-height: 1.15; font-variant-numeric: tabular-nums; }
.tile small { display: block; color: var(--muted); font-size: 13px; line-height: 1.35; }
table.dense { font-size: 12.5px; }
table.dense th, table.dense td { padding: 6px 4px; }
table.dense thead th { font-size: 11.5px; white-space: normal; }
table.dense tbody th, table.dense th.n { min-width: 58px; }
td.done, th.done { width: 32%; }
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
@media (max-width: 640px) {
  .tiles { grid-template-columns: repeat(2, 1fr); }
}
@media print {
  .tile, .rose, dl.defined div { break-inside: avoid; }
  table.dense { font-size: 8.5pt; }
  table.dense thead th { font-size: 8pt; }
}
"""
)
