"""The style that all reports share: text and tables, on screen and on A4.

Colours are variables, which each report sets: --page, --paper, --ink, --muted, --line, --accent.
"""

BASE = """
* { box-sizing: border-box; }
html { background: var(--page); }
body { max-width: 880px; margin: 0 auto; padding: 32px 40px 48px; background: var(--paper);
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
table { width: 100%; margin-top: 12px; border-collapse: collapse; font-size: 14px; }
caption { text-align: left; }
th, td { padding: 7px 8px; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
thead th { border-bottom: 2px solid var(--line); color: var(--muted); font-size: 13px; }
tbody th { min-width: 150px; font-weight: 600; }
th .hint { font-weight: 400; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.n small { color: var(--muted); }
@page { size: A4; margin: 16mm 14mm; }
@media (max-width: 640px) {
  body { padding: 20px 16px 32px; }
  .scrolled { overflow-x: auto; }
  .scrolled table { min-width: 560px; }
}
@media print {
  html { background: #fff; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2 { break-after: avoid; margin-top: 22px; }
  h3 { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  table { font-size: 9.5pt; }
  thead { display: table-header-group; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""
