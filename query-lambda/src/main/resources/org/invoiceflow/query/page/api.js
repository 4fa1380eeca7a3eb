// Asks the API: with the token if there is one, with the entity tag of what is known, and again when it is too busy.
import { parseExactly } from "./money.js";
import { token } from "./token.js";

const ROOT = new URL("../", import.meta.url);
const KNOWN_ANSWERS = 600;
const TRIES = 4;

/** Answers by path, the least recently used first. */
const known = new Map();

/** An answer that is not the data that was asked for. Its message is a sentence for people. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get wantsToken() {
    return this.status === 401 || this.status === 403;
  }
}

export function invoicePath(invoiceNo) {
  return `v1/invoices/${segment(invoiceNo)}`;
}

export function customerPath(customerId) {
  return `v1/customers/${segment(customerId)}`;
}

/** Encoded twice: the gateway decodes once before it cuts the path at slashes, the handler the rest. */
function segment(id) {
  return encodeURIComponent(encodeURIComponent(id));
}

export function historyPath(customerId, cursor) {
  return `${customerPath(customerId)}/invoices?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`;
}

/**
 * The data at a path: {data, changed}. All numbers in it are text. "changed" is false if it is the same as at the last time.
 * Throws an ApiError, or an AbortError when the signal says so.
 */
export async function ask(path, signal, { patient = true } = {}) {
  for (let attempt = 1; ; attempt++) {
    const { response, text } = await send(path, signal);
    const retry = response.status === 429 || response.status === 503;
    if (!retry || !patient || attempt === TRIES) {
      return read(path, response, text);
    }
    await pause(Math.min(10, Number(response.headers.get("retry-after")) || 1) * 1000, signal);
  }
}

async function send(path, signal) {
  const headers = { accept: "application/json" };
  if (token.value) {
    headers.authorization = `Bearer ${token.value}`;
  }
  const etag = known.get(path)?.etag;
  if (etag) {
    headers["if-none-match"] = etag;
  }
  try {
    // The browser's own cache would hide that nothing has changed.
    const response = await fetch(new URL(path, ROOT), { headers, signal, cache: "no-store" });
    return { response, text: await response.text() };
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    throw new ApiError(0, "unreachable", "The service does not answer. Check that it runs and that you are connected, then try again.");
  }
}

function read(path, response, text) {
  const before = known.get(path);
  if (response.status === 304 && before) {
    remember(path, before);
    return { data: before.data, changed: false };
  }
  if (!response.ok) {
    throw error(response.status, text);
  }
  if (before && before.text === text) {
    remember(path, before);
    return { data: before.data, changed: false };
  }
  const answer = { etag: response.headers.get("etag"), text, data: parseExactly(text) };
  remember(path, answer);
  return { data: answer.data, changed: true };
}

function remember(path, answer) {
  known.delete(path);
  known.set(path, answer);
  if (known.size > KNOWN_ANSWERS) {
    known.delete(known.keys().next().value);
  }
}

/** What was answered at a path before, if it is still known. */
export function lastAnswer(path) {
  return known.get(path)?.data;
}

/** Another token may read other things. */
export function forgetAnswers() {
  known.clear();
}

const SENTENCES = {
  401: "The service wants a token.",
  403: "The token does not give access to this.",
  404: "There is nothing at this address.",
  429: "The service is too busy at present. Try again in a moment.",
  503: "The stores cannot be read at present. Try again in a moment.",
};

function error(status, text) {
  let body = {};
  try {
    body = JSON.parse(text);
  } catch {
    // An answer of something between here and the service.
  }
  const own = typeof body?.error === "string" && typeof body?.message === "string";
  const sentence = own ? `${body.message}.`.replace(/\.\.$/, ".") : SENTENCES[status];
  return new ApiError(status, own ? body.error : "", sentence ?? `The service answered with status ${status}. Try again later.`);
}

/** Resolves after the time, or rejects as soon as the signal says so. */
export function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new DOMException("left", "AbortError"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) {
      stop();
    }
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Calls the function now and then while the page is looked at, until the signal ends it. */
export async function poll(milliseconds, signal, look) {
  for (;;) {
    await pause(milliseconds, signal);
    if (!document.hidden) {
      await look();
    }
  }
}
