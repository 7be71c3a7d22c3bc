/* Small helpers for making elements. Text is only ever set as text, never read as markup. */

const SVG = "http://www.w3.org/2000/svg";
// What would be invisible, or turn the direction of what follows, is shown by its number.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** A text as it may be shown: nothing in it hides or turns anything. */
export function visible(text) {
  return String(text).replace(HIDDEN, (sign) => {
    if (sign === "\n" || sign === "\t") return sign;
    return `⟨${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : visible(child));
  }
  return element;
}

/** An element: h("p", {class: "x"}, "text", other). */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Replace what an element contains. */
export function put(element, ...children) {
  element.replaceChildren();
  return fill(element, null, children);
}

/** Set a text only if it differs, which spares the browser work and readers repetition. */
export function say(element, text) {
  const shown = visible(text);
  if (element.textContent !== shown) element.textContent = shown;
}

let lastId = 0;

/** An id no other element of this document has. */
export function fresh(prefix) {
  lastId += 1;
  return `cl-${prefix}-${lastId}`;
}

/** A section with a heading; gives the section and the place for its content. */
export function card(title, kind, ...extra) {
  const id = fresh("h");
  const body = h("div", { class: "card-body" });
  const section = h(
    "section",
    { class: `card card-${kind}`, "aria-labelledby": id },
    h("div", { class: "card-head" }, h("h2", { id }, title), extra),
    body,
  );
  return { section, body };
}

const ICONS = {
  first: "M5 4v12M16 4.5v11L7.5 10z",
  back: "M13 4.5v11L5.5 10z",
  play: "M6 3.8v12.4L16.5 10z",
  pause: "M6 4h2.6v12H6zM11.4 4H14v12h-2.6z",
  next: "M7 4.5v11l7.5-5.5z",
  last: "M15 4v12M4 4.5v11l8.5-5.5z",
  more: "M10 4v12M4 10h12",
  less: "M4 10h12",
  fit: "M3 10h14M6 6.5L2.5 10L6 13.5M14 6.5l3.5 3.5L14 13.5",
  light: "M10 6.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 0 0 0-7.6zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6L16 16M4 16l1.4-1.4M14.6 5.4L16 4",
  dark: "M16.2 12.3A6.8 6.8 0 0 1 7.7 3.8a6.8 6.8 0 1 0 8.5 8.5z",
  help: "M7.4 7.6a2.6 2.6 0 1 1 3.7 2.4c-.8.4-1.1.9-1.1 1.8M10 14.6v.6",
};

/** A sign for a button; its name is said by the button. */
export function icon(name) {
  return s(
    "svg",
    { viewBox: "0 0 20 20", class: `icon icon-${name}`, "aria-hidden": "true", focusable: "false" },
    s("path", { d: ICONS[name] }),
  );
}
