// Brings what is shown up to date without taking it away from whoever reads it.
import { HANDLERS, h } from "./dom.js";

/**
 * Makes what the parent shows the same as these new children, and leaves alone what is so already: the focus, what is unfolded, how far something
 * is scrolled and a reader's place all stay. Elements of a list are told apart by their id or data-key.
 */
export function renew(parent, ...children) {
  const focused = document.activeElement;
  renewChildren(parent, h("div", {}, children));
  // What has moved loses it.
  if (focused !== document.activeElement && parent.contains(focused)) {
    focused.focus({ preventScroll: true });
  }
}

function renewChildren(parent, fresh) {
  const twins = twinsByKey(parent, fresh);
  let at = parent.firstChild;
  for (const node of [...fresh.childNodes]) {
    const key = keyOf(node);
    const twin = key ? twins.get(key)?.shift() : nextAlike(at, node);
    if (!twin) {
      parent.insertBefore(node, at);
      continue;
    }
    if (key && twin !== at) {
      parent.insertBefore(twin, at);
    } else {
      removeUntil(at, twin);
    }
    at = twin.nextSibling;
    renewNode(twin, node);
  }
  removeUntil(at, null);
}

/** The children that stay, in their order, by key; those whose keys are gone are removed. */
function twinsByKey(parent, fresh) {
  const wanted = new Map([...fresh.children].map((child) => [keyOf(child), child.nodeName]));
  const twins = new Map();
  for (const child of [...parent.children]) {
    const key = keyOf(child);
    if (key && wanted.get(key) === child.nodeName) {
      twins.set(key, [...(twins.get(key) ?? []), child]);
    } else if (key) {
      child.remove();
    }
  }
  return twins;
}

function keyOf(node) {
  return node.id || node.dataset?.key || "";
}

function nextAlike(from, node) {
  let at = from;
  while (at && (at.nodeName !== node.nodeName || keyOf(at))) {
    at = at.nextSibling;
  }
  return at;
}

function removeUntil(from, end) {
  for (let at = from; at !== end; ) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function renewNode(old, fresh) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) {
      old.data = fresh.data;
    }
    return;
  }
  for (const name of new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()])) {
    renewAttribute(old, name, fresh.getAttribute(name));
  }
  for (const handler of HANDLERS) {
    old[handler] = fresh[handler];
  }
  renewChildren(old, fresh);
}

function renewAttribute(element, name, value) {
  // What the reader has unfolded is not the data's to say.
  if (name === "open" || element.getAttribute(name) === value) {
    return;
  }
  if (name === "style") {
    // The policy refuses the attribute, not what a script sets.
    element.style.cssText = value ?? "";
  } else if (value === null) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value);
  }
}
