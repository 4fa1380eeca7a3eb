// A customer: totals, spend per month, top products, and the history as a time line.
import { ask, customerPath, historyPath, poll } from "./api.js";
import { day, monthName, monthOf, shortDay, time } from "./dates.js";
import { announce, count, fill, grouped, h, heading, loading, term } from "./dom.js";
import { Decimal, sum } from "./money.js";
import { productsSection } from "./products.js";
import { spendSection } from "./spend.js";

const POLL_MILLIS = 5000;

/** Pages of 100 that are read without being asked for. */
const PAGES_AT_FIRST = 10;

const SHOWN_AT_FIRST = 25;

export async function showCustomer(view, customerId, signal, ready) {
  fill(view, head(customerId), loading("Reading the purchase history."));
  const parts = { totals: h("div", {}), history: h("div", {}) };
  let drawn = new AbortController();

  const render = async () => {
    const { data: totals } = await ask(customerPath(customerId), signal);
    const history = await readHistory(customerId, signal);
    drawn.abort();
    drawn = new AbortController();
    fill(parts.totals, figures(totals));
    fill(parts.history, body(history, drawn.signal));
  };
  signal.addEventListener("abort", () => drawn.abort());

  await render();
  fill(view, head(customerId), parts.totals, parts.history);
  ready(`Customer ${customerId}`);

  await poll(POLL_MILLIS, signal, async () => {
    const { changed } = await ask(customerPath(customerId), signal).catch(keepGoing);
    if (changed) {
      await render().catch(keepGoing);
      announce("There is something new: the page has been brought up to date.");
    }
  });
}

/** A page that is shown already stays, whatever a later look says. */
function keepGoing(failure) {
  if (failure.name === "AbortError" || failure.wantsToken) {
    throw failure;
  }
  return { changed: false };
}

/** The invoices, newest first, and where to go on if there are more than are read without being asked. */
async function readHistory(customerId, signal, cursor, invoices = []) {
  let next = cursor;
  for (let page = 0; page < PAGES_AT_FIRST; page++) {
    const { data } = await ask(historyPath(customerId, next), signal);
    invoices.push(...data.invoices);
    next = data.next_cursor;
    if (!next) {
      break;
    }
  }
  return { invoices, next, more: (all) => readHistory(customerId, signal, next, all) };
}

function head(customerId) {
  return h("header", { class: "page-head" }, h("p", { class: "eyebrow" }, "Customer"), heading(customerId));
}

function figures(totals) {
  const net = Decimal.of(totals.net_total);
  return h(
    "dl",
    { class: "figures" },
    term("Net spend", h("span", { class: net.isNegative() ? "big back" : "big" }, net.toText())),
    term("Invoices", grouped(totals.invoices), totals.cancelled_invoices === "0" ? "none cancelled" : `with ${count(totals.cancelled_invoices, "cancellation")}`),
    term("Lines", grouped(totals.lines), `${grouped(totals.units)} units`),
    term("First", day(totals.first_date)),
    term("Latest", day(totals.last_date)),
  );
}

function body(history, signal) {
  const { invoices, next } = history;
  const timeline = h("div", {});
  let shown = SHOWN_AT_FIRST;
  const showMore = () => {
    const before = shown;
    shown += SHOWN_AT_FIRST * 2;
    renderTimeline();
    timeline.querySelectorAll("li a")[before]?.focus();
  };
  const older = h("button", { type: "button", onclick: () => loadOlder(history, older, signal) }, "Read older invoices");
  const renderTimeline = () =>
    fill(
      timeline,
      months(invoices.slice(0, shown), invoices),
      shown < invoices.length
        ? h("p", { class: "pager" }, h("button", { type: "button", onclick: showMore }, "Show more"), h("span", { class: "quiet" }, `${grouped(shown)} of ${grouped(invoices.length)} shown`))
        : next
          ? h("p", { class: "pager" }, older)
          : h("p", { class: "quiet end" }, `That is all: ${count(invoices.length, "invoice")}.`),
    );
  renderTimeline();
  return [
    spendSection(invoices, !next, signal),
    h(
      "div",
      { class: "columns" },
      h("section", { class: "history", "aria-labelledby": "history-title" }, h("h2", { id: "history-title" }, "Purchase history"), timeline),
      productsSection(invoices, signal),
    ),
  ];
}

/** Replaces the history by a longer one. */
async function loadOlder(history, button, signal) {
  button.disabled = true;
  button.textContent = "Reading older invoices.";
  try {
    const longer = await history.more(history.invoices);
    if (!signal.aborted) {
      fill(button.closest(".columns").parentElement, body(longer, signal));
    }
  } catch (failure) {
    button.disabled = false;
    button.textContent = `${failure.message} Try again`;
  }
}

/** The invoices under the months that they are in; a month's sum counts all its invoices, shown or not. */
function months(shown, all) {
  return [...groupBy(shown)].map(([month, invoices]) => {
    const net = sum(all.filter((invoice) => monthOf(invoice.date) === month).map((invoice) => Decimal.of(invoice.total)));
    return h(
      "section",
      { class: "month" },
      h("h3", {}, h("span", {}, monthName(month)), h("span", { class: net.isNegative() ? "amount back" : "amount" }, net.toText())),
      h("ol", {}, invoices.map(entry)),
    );
  });
}

function groupBy(invoices) {
  const groups = new Map();
  invoices.forEach((invoice) => {
    const month = monthOf(invoice.date);
    groups.set(month, [...(groups.get(month) ?? []), invoice]);
  });
  return groups;
}

const KINDS = { CANCELLATION: "Cancellation", ADJUSTMENT: "Adjustment" };

function entry(invoice) {
  const total = Decimal.of(invoice.total);
  const kind = KINDS[invoice.kind];
  return h(
    "li",
    { class: invoice.kind.toLowerCase() },
    h(
      "a",
      { href: `#/invoice/${encodeURIComponent(invoice.invoice_no)}` },
      h("time", { datetime: invoice.date }, h("span", {}, shortDay(invoice.date)), h("small", {}, time(invoice.date))),
      h("span", { class: "what" }, h("b", {}, invoice.invoice_no), kind ? h("span", { class: "tag" }, kind) : null, h("small", {}, `${count(invoice.line_count, "line")}, ${count(invoice.units, "unit")}`)),
      h("span", { class: total.isNegative() ? "amount back" : "amount" }, total.toText()),
    ),
  );
}
