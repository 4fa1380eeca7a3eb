// A customer's invoices as a time line, the newest first.
import { ask, historyPath } from "./api.js";
import { monthName, monthOf, shortDay, time } from "./dates.js";
import { count, grouped, h } from "./dom.js";
import { Decimal, sum } from "./money.js";
import { renew } from "./renew.js";

/** Pages of 100 that are read without being asked for, and again for each "older". */
const PAGES_AT_ONCE = 10;

const SHOWN_AT_FIRST = 25;
const SHOWN_MORE = 50;

/** "next" says where to go on; without it that is all. */
export const NO_HISTORY = { invoices: [], next: undefined };

/** From the newest on, as far down as before at least. */
export function readHistory(customerId, signal, before) {
  const lowest = before.invoices.at(-1)?.invoice_no;
  return read(customerId, signal, NO_HISTORY, (found, pages) => pages < PAGES_AT_ONCE || (lowest !== undefined && !found.has(lowest)));
}

/** What was read before, which itself stays as it is, and older ones. */
export function readOlder(customerId, signal, before) {
  return read(customerId, signal, before, (_, pages) => pages < PAGES_AT_ONCE);
}

async function read(customerId, signal, before, wantsMore) {
  const found = new Map(before.invoices.map((invoice) => [invoice.invoice_no, invoice]));
  let { next } = before;
  let pages = 0;
  do {
    const { data } = await ask(historyPath(customerId, next), signal);
    for (const invoice of data.invoices) {
      // One whose date has become earlier meanwhile comes twice: its place is the later one.
      found.delete(invoice.invoice_no);
      found.set(invoice.invoice_no, invoice);
    }
    pages++;
    next = data.next_cursor;
  } while (next && wantsMore(found, pages));
  return { invoices: [...found.values()], next };
}

/**
 * The section, and show(history), which fills it. What was shown stays so, whatever comes in above it.
 *
 * @param lengthen reads older invoices and shows them
 */
export function historySection(lengthen) {
  const timeline = h("div", {});
  const section = h("section", { class: "history", "aria-labelledby": "history-title" }, h("h2", { id: "history-title" }, "Purchase history"), timeline);
  let history = NO_HISTORY;
  let shown = SHOWN_AT_FIRST;
  let reading = false;
  let problem = "";
  const render = () => renew(timeline, months(history.invoices.slice(0, shown), history.invoices), end());
  const end = () => {
    if (shown < history.invoices.length) {
      return pager({ onclick: showMore }, "Show more", `${grouped(shown)} of ${grouped(history.invoices.length)} shown`);
    }
    if (history.next) {
      // A button that is switched off would lose the focus.
      return pager({ onclick: showOlder, "aria-disabled": reading && "true" }, reading ? "Reading older invoices." : problem ? `${problem} Try again` : "Read older invoices");
    }
    return h("p", { class: "quiet end" }, `That is all: ${count(history.invoices.length, "invoice")}.`);
  };
  const show = (latest) => {
    const lowest = history.invoices[Math.min(shown, history.invoices.length) - 1];
    history = latest;
    shown = Math.max(shown, history.invoices.findIndex((invoice) => invoice.invoice_no === lowest?.invoice_no) + 1);
    render();
  };
  const showMore = () => {
    const before = shown;
    shown += SHOWN_MORE;
    render();
    timeline.querySelectorAll("li a")[before]?.focus();
  };
  const showOlder = async () => {
    if (reading) {
      return;
    }
    reading = true;
    problem = "";
    shown = history.invoices.length;
    render();
    try {
      await lengthen();
    } catch (failure) {
      problem = failure.message;
    }
    reading = false;
    if (problem) {
      render();
    } else {
      showMore();
    }
  };
  return { section, show };
}

function pager(button, text, note) {
  return h("p", { class: "pager" }, h("button", { type: "button", ...button }, text), note && h("span", { class: "quiet" }, note));
}

/** The invoices under the months that they are in; a month's sum counts all its invoices, shown or not. */
function months(shown, all) {
  return [...groupBy(shown)].map(([month, invoices]) => {
    const net = sum(all.filter((invoice) => monthOf(invoice.date) === month).map((invoice) => Decimal.of(invoice.total)));
    return h(
      "section",
      { class: "month", "data-key": month },
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
    { class: invoice.kind.toLowerCase(), "data-key": invoice.invoice_no },
    h(
      "a",
      { href: `#/invoice/${encodeURIComponent(invoice.invoice_no)}` },
      h("time", { datetime: invoice.date }, h("span", {}, shortDay(invoice.date)), h("small", {}, time(invoice.date))),
      h("span", { class: "what" }, h("b", {}, invoice.invoice_no), kind ? h("span", { class: "tag" }, kind) : null, h("small", {}, `${count(invoice.line_count, "line")}, ${count(invoice.units, "unit")}`)),
      h("span", { class: total.isNegative() ? "amount back" : "amount" }, total.toText()),
    ),
  );
}
