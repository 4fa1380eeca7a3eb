// Builds elements. Text from data becomes text nodes and nothing else.

export const HANDLERS = ["onclick", "onsubmit"];

/** An element. HANDLERS are functions, "class" and all others attributes; null and false are left out. */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (HANDLERS.includes(key)) {
      element[key] = value;
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? "" : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child instanceof Node) {
      parent.appendChild(child);
    } else if (child !== null && child !== undefined && child !== false) {
      parent.appendChild(document.createTextNode(String(child)));
    }
  }
}

/** Puts children in the place of those that the parent has. */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
}

/** Says something to those who do not see the page change. */
export function announce(text) {
  document.getElementById("live").textContent = text;
}

/** What stands in the heading of a page; it takes the focus, so that a screen reader begins there. */
export function heading(...children) {
  return h("h1", { tabindex: "-1" }, ...children);
}

/** A term and its value, for description lists. */
export function term(name, value, note) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value, note ? h("small", {}, note) : null));
}

export function loading(text) {
  return h("p", { class: "loading" }, text);
}

/** A plural with its number: count(1, "line") is "1 line". */
export function count(number, singular, plural = `${singular}s`) {
  return `${grouped(number)} ${String(number) === "1" ? singular : plural}`;
}

/** Digits of a whole number in groups of three. Takes text, so that no number is too big. */
export function grouped(number) {
  const text = String(number);
  const digits = text.replace("-", "");
  return (text.startsWith("-") ? "\u2212" : "") + digits.replace(/\B(?=(\d{3})+$)/g, ",");
}
