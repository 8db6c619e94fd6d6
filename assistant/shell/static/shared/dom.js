// Elements without markup: whatever a file or a person wrote is only ever text.
export function h(name, props = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && !key.includes("-") && key !== "list" && key !== "form") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const find = (selector, within = document) => within.querySelector(selector);

// Of a row that is wider than the page, the part with the current one; the page itself stays where it is.
export function showCurrent(row) {
  const current = find("[aria-current]", row);
  if (current) row.scrollLeft = current.offsetLeft + current.offsetWidth - row.offsetLeft - row.clientWidth;
}

export const button = (label, onclick, props = {}) => h("button", { type: "button", onclick, ...props }, label);

let fields = 0;

// A labelled field; the label is tied to it, and so is its hint.
export function field(label, input, hint = "") {
  input.id ||= `field-${++fields}`;
  const told = hint ? h("span", { className: "hint", id: `${input.id}-hint` }, hint) : null;
  if (told) input.setAttribute("aria-describedby", told.id);
  return h("div", { className: "field" }, h("label", { htmlFor: input.id }, label), input, told);
}

export function choice(options, value = "", props = {}) {
  const select = h("select", props, options.map(([key, label]) => h("option", { value: key }, label)));
  select.value = value ?? "";
  return select;
}

export function ticks(legend, options, ticked, hint = "") {
  const boxes = options.map(([value, label, depth = 0]) => {
    const box = h("input", { type: "checkbox", value, checked: ticked.includes(value) });
    return [box, h("label", { className: `tick depth-${Math.min(depth, 4)}` }, box, " ", label)];
  });
  const told = hint ? h("p", { className: "hint" }, hint) : null;
  const element = h("fieldset", {}, h("legend", {}, legend), told, boxes.map(([, label]) => label));
  return { element, values: () => boxes.map(([box]) => box).filter((box) => box.checked).map((box) => box.value) };
}

export function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
