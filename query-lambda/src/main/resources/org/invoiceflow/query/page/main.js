// Which page is shown: the part of the address after # says it, so that every page has a link and the back button works.
import { ApiError, ask, forgetAnswers } from "./api.js";
import { showCustomer } from "./customer.js";
import { announce, fill, h, heading } from "./dom.js";
import { showInvoice } from "./invoice.js";
import { showPipeline } from "./pipeline.js";
import { find, start } from "./search.js";
import { askForToken, token } from "./token.js";

const view = document.getElementById("main");
const query = document.getElementById("query");
const forget = document.getElementById("forget-token");
const pipelineLink = document.getElementById("pipeline-link");

let leaving = new AbortController();

/** Only the local gateway has the pipeline at hand. */
const hasPipeline = ask("pipeline/status", undefined, { patient: false }).then(
  () => true,
  () => false,
);

async function show(moved) {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const [page, ...rest] = location.hash.replace(/^#\/?/, "").split("/");
  const id = decode(rest.join("/"));
  if (page === "pipeline") {
    pipelineLink.setAttribute("aria-current", "page");
  } else {
    pipelineLink.removeAttribute("aria-current");
  }
  forget.hidden = token.value === "";
  document.title = [id || (page === "pipeline" ? "Pipeline" : ""), "invoiceflow"].filter(Boolean).join(" \u00b7 ");
  view.setAttribute("aria-busy", "true");
  try {
    await dispatch(page, id, signal, moved);
  } catch (failure) {
    if (!signal.aborted) {
      showFailure(failure, id);
    }
  } finally {
    if (!signal.aborted) {
      view.removeAttribute("aria-busy");
    }
  }
}

async function dispatch(page, id, signal, moved) {
  const ready = (title) => {
    view.removeAttribute("aria-busy");
    if (moved) {
      scrollTo(0, 0);
      view.querySelector("h1")?.focus({ preventScroll: true });
    }
    announce(title);
  };
  if (page === "customer" && id) {
    await showCustomer(view, id, signal, ready);
  } else if (page === "invoice" && id) {
    await showInvoice(view, id, signal, ready);
  } else if (page === "find" && id) {
    await find(view, id, signal);
  } else if (page === "pipeline") {
    await showPipeline(view, signal, ready);
  } else {
    start(view, { hasPipeline: await hasPipeline });
    signal.throwIfAborted();
    ready("Start");
    query.focus({ preventScroll: true });
  }
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function showFailure(failure, id) {
  if (failure instanceof ApiError && failure.wantsToken) {
    askForToken(view, failure.message, () => {
      forgetAnswers();
      show(true);
    });
    return;
  }
  const missing = failure instanceof ApiError && failure.status === 404;
  if (!(failure instanceof ApiError)) {
    console.error(failure);
  }
  const message = failure instanceof ApiError ? failure.message : "The page itself failed. Reload it; if that does not help, the browser's console says more.";
  fill(
    view,
    h(
      "section",
      { class: "narrow" },
      heading(missing ? ["Nothing is stored under ", h("q", {}, id)] : "This cannot be shown"),
      h("p", { class: "lead", role: "alert" }, message),
      missing
        ? h("p", { class: "quiet" }, "Capital and small letters count, and a line that was sent a moment ago can take some seconds to arrive.")
        : h("p", {}, h("button", { type: "button", onclick: () => show(true) }, "Try again")),
    ),
  );
  view.querySelector("h1").focus();
}

document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const number = query.value.trim();
  if (number) {
    const hash = `#/find/${encodeURIComponent(number)}`;
    query.value = "";
    if (location.hash === hash) {
      show(true);
    } else {
      location.hash = hash;
    }
  }
});

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  view.focus();
});

forget.addEventListener("click", () => {
  token.value = "";
  forgetAnswers();
  show(true);
});

hasPipeline.then((has) => {
  pipelineLink.hidden = !has;
});

addEventListener("hashchange", () => show(true));
show(false);
