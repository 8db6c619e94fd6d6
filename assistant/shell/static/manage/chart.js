// Plots as SVG of our own. Each is read by eye, by pointing, with the arrow keys, and as a table.
import { fill, h } from "../shared/dom.js";
import { say } from "../shared/words.js";

const HEIGHT = 210;
const EDGE = { top: 12, right: 14, bottom: 26, left: 46 };
const TICKS = 4;
const LABEL_PX = 92;

export function svg(name, props = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(props)) element.setAttribute(key, value);
  element.append(...children.flat(3).filter(Boolean));
  return element;
}

// title: of the plot; steps: [{ label, values: [number | null, ...] }]; series: [{ name, key }];
// kind: "bars" one on the other, or "lines"; top: the axis' end where it is given; show: of a value.
export function chart({ title, hint, steps, series, kind, top, show }) {
  const plot = h("div", { className: "plot" });
  const readout = h("p", { className: "readout" });
  const figure = h("figure", { className: "card chart" }, h("figcaption", {}, h("h3", {}, title), h("p", { className: "hint" }, hint)), legend(series), plot, readout, table(title, steps, series, show));
  const told = (at) => `${steps[at].label}: ${series.map((one, i) => `${one.name} ${show(steps[at].values[i])}`).join(" · ")}`;
  let at = steps.length - 1;
  let width = 0;
  const draw = () => {
    width = plot.clientWidth;
    if (!width) return;
    const focused = plot.contains(document.activeElement);
    const drawing = drawn({ steps, series, kind, top, show, width });
    drawing.root.setAttribute("aria-label", title);
    drawing.root.addEventListener("keydown", (event) => moved(event, drawing));
    drawing.root.addEventListener("pointermove", (event) => point(drawing, drawing.nearest(event.offsetX)));
    fill(plot, drawing.root);
    point(drawing, at);
    if (focused) drawing.root.focus();
  };
  const point = (drawing, to) => {
    at = to;
    readout.textContent = told(at);
    drawing.mark(at);
    drawing.root.setAttribute("aria-valuenow", at);
    drawing.root.setAttribute("aria-valuetext", told(at));
  };
  const moved = (event, drawing) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowDown: at - 1, ArrowUp: at + 1, Home: 0, End: steps.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    point(drawing, Math.max(0, Math.min(steps.length - 1, to)));
  };
  new ResizeObserver(() => plot.clientWidth !== width && draw()).observe(plot);
  return figure;
}

function legend(series) {
  const items = series.map((one) => h("li", {}, svg("svg", { class: "key", width: 26, height: 12, "aria-hidden": "true" }, svg(one.line ? "line" : "rect", one.line ? { x1: 1, y1: 6, x2: 25, y2: 6, class: `line ${one.key}` } : { x: 4, y: 0, width: 12, height: 12, class: `bar ${one.key}` })), one.name));
  return h("ul", { className: "legend" }, items);
}

function table(title, steps, series, show) {
  const heads = [say("series_day"), ...series.map((one) => one.name)].map((name) => h("th", { scope: "col" }, name));
  const row = (step) => h("tr", {}, h("th", { scope: "row" }, step.label), step.values.map((value) => h("td", {}, show(value))));
  const made = h("div", { className: "scrolled", tabIndex: 0, role: "region", "aria-label": title });
  const fillOnce = () => made.childElementCount || fill(made, h("table", { className: "plain" }, h("caption", { className: "off" }, title), h("thead", {}, h("tr", {}, heads)), h("tbody", {}, [...steps].reverse().map(row))));
  return h("details", { ontoggle: fillOnce }, h("summary", {}, say("series_table")), made);
}

// A round number at or above a value, that splits into equal round steps.
export function axisTop(value) {
  if (value <= TICKS) return TICKS;
  const power = 10 ** Math.floor(Math.log10(value / TICKS));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one * TICKS >= value && Number.isInteger(one));
  return (step || Math.ceil(value / TICKS)) * TICKS;
}

function drawn({ steps, series, kind, top, show, width }) {
  const inner = { width: width - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };
  const heights = steps.map(({ values }) => (kind === "bars" ? values.reduce((sum, value) => sum + (value || 0), 0) : Math.max(0, ...values)));
  const end = top || axisTop(Math.max(0, ...heights));
  const slot = inner.width / steps.length;
  const x = (at) => EDGE.left + slot * (at + 0.5);
  const y = (value) => EDGE.top + inner.height * (1 - value / end);
  const cursor = svg("line", { class: "cursor", y1: EDGE.top, y2: HEIGHT - EDGE.bottom });
  const dots = svg("g");
  const marks = kind === "bars" ? bars(steps, series, { x, y, slot }) : series.map((one, i) => line(steps, one, i, { x, y }));
  const root = svg(
    "svg",
    { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, tabindex: 0, role: "slider", "aria-valuemin": 0, "aria-valuemax": steps.length - 1 },
    axes({ steps, end, show, x, y, width }),
    marks,
    cursor,
    dots,
  );
  const mark = (at) => {
    cursor.setAttribute("x1", x(at));
    cursor.setAttribute("x2", x(at));
    const points = kind === "bars" ? [] : steps[at].values.map((value, i) => (value === null ? null : svg("circle", { cx: x(at), cy: y(value), r: 4, class: `dot ${series[i].key}` })));
    dots.replaceChildren(...points.filter(Boolean));
  };
  const nearest = (left) => Math.max(0, Math.min(steps.length - 1, Math.floor((left - EDGE.left) / slot)));
  return { root, mark, nearest };
}

function axes({ steps, end, show, x, y, width }) {
  const across = Array.from({ length: TICKS + 1 }, (_, i) => (end * i) / TICKS).map((value) => [
    svg("line", { class: "grid", x1: EDGE.left, x2: width - EDGE.right, y1: y(value), y2: y(value) }),
    svg("text", { x: EDGE.left - 8, y: y(value) + 4, "text-anchor": "end" }, show(value)),
  ]);
  const room = Math.max(1, Math.floor((width - EDGE.left - EDGE.right) / LABEL_PX));
  const every = Math.ceil(steps.length / room);
  const down = steps.map((step, at) => {
    if ((steps.length - 1 - at) % every) return null;
    const last = at === steps.length - 1;
    return svg("text", { x: last ? width - 2 : x(at), y: HEIGHT - 8, "text-anchor": last ? "end" : "middle" }, step.short);
  });
  return svg("g", { class: "axes", "aria-hidden": "true" }, across, down);
}

function bars(steps, series, { x, y, slot }) {
  const wide = Math.max(1, slot * 0.76);
  return steps.map(({ values }, at) => {
    let below = 0;
    return values.map((value, i) => {
      if (!value) return null;
      const bar = svg("rect", { class: `bar ${series[i].key}`, x: x(at) - wide / 2, width: wide, y: y(below + value), height: y(below) - y(below + value) });
      below += value;
      return bar;
    });
  });
}

// A day without a value leaves the line open; one between two such days is a dot.
function line(steps, one, i, { x, y }) {
  const parts = [];
  let path = [];
  const end = () => {
    if (path.length === 1) parts.push(svg("circle", { cx: path[0][0], cy: path[0][1], r: 2.5, class: `dot ${one.key}` }));
    else if (path.length) parts.push(svg("path", { class: `line ${one.key}`, d: `M${path.map((point) => point.map((n) => n.toFixed(1)).join(" ")).join("L")}` }));
    path = [];
  };
  steps.forEach(({ values }, at) => (values[i] === null ? end() : path.push([x(at), y(values[i])])));
  end();
  return parts;
}
