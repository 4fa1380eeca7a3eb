// An invoice, laid out as one, with its exact total.
import { ApiError, ask, invoicePath, poll } from "./api.js";
import { day, time } from "./dates.js";
import { announce, count, fill, grouped, h, heading, loading, term } from "./dom.js";
import { Decimal, decimalsOf, sum } from "./money.js";
import { renew } from "./renew.js";

const POLL_MILLIS = 5000;
const KINDS = { SALE: "Invoice", CANCELLATION: "Cancellation", ADJUSTMENT: "Adjustment" };
const GAPS_NAMED = 8;

export async function showInvoice(view, invoiceNo, signal, ready) {
  fill(view, h("header", { class: "page-head" }, h("p", { class: "eyebrow" }, "Invoice"), heading(invoiceNo)), loading("Reading the invoice."));
  const { data } = await readInvoice(invoiceNo, signal);
  fill(view, sheet(data));
  ready(`${KINDS[data.kind]} ${invoiceNo}`);
  await poll(POLL_MILLIS, signal, async () => {
    try {
      const { data: latest, changed } = await readInvoice(invoiceNo, signal);
      if (changed) {
        renew(view, sheet(latest));
        announce(`The invoice has changed: it has ${count(latest.line_count, "line")} now.`);
      }
    } catch (failure) {
      // What is shown stays, unless it may not be seen any more.
      if (!(failure instanceof ApiError) || failure.wantsToken) {
        throw failure;
      }
    }
  });
}

/**
 * The summary and all lines; of an invoice that is too long for one answer they come in several. Each of these carries the summary, so none stays
 * the same when the invoice changes: where one cannot be read, "changed" is true at the next time.
 */
export async function readInvoice(invoiceNo, signal) {
  const path = invoicePath(invoiceNo);
  const first = await ask(path, signal);
  const items = [...first.data.items];
  let { changed } = first;
  for (let cursor = first.data.next_cursor; cursor; ) {
    const more = await ask(`${path}?cursor=${encodeURIComponent(cursor)}`, signal);
    items.push(...more.data.items);
    changed ||= more.changed;
    cursor = more.data.next_cursor;
  }
  return { data: { ...first.data, items, next_cursor: undefined }, changed };
}

function sheet(invoice) {
  const lines = invoice.items.map((line) => ({ ...line, price: Decimal.of(line.UnitPrice), amount: Decimal.of(line.Quantity).times(Decimal.of(line.UnitPrice)) }));
  return h(
    "article",
    { class: `paper ${invoice.kind.toLowerCase()}` },
    h(
      "header",
      { class: "paper-head" },
      h("div", {}, h("p", { class: "eyebrow" }, KINDS[invoice.kind] ?? invoice.kind), heading(invoice.invoice_no)),
      h(
        "dl",
        { class: "facts" },
        term("Date", h("time", { datetime: invoice.date }, `${day(invoice.date)}, ${time(invoice.date)}`)),
        term("Customer", invoice.customer_id ? h("a", { href: `#/customer/${encodeURIComponent(invoice.customer_id)}` }, invoice.customer_id) : "Guest"),
        term("Country", invoice.country || "Not stated"),
      ),
    ),
    table(invoice, lines),
    check(invoice, lines),
  );
}

function table(invoice, lines) {
  const total = Decimal.of(invoice.total);
  const priceDecimals = decimalsOf(lines.map((line) => line.price));
  const decimals = decimalsOf([total, ...lines.map((line) => line.amount)]);
  return h(
    "table",
    { class: "lines" },
    h("caption", { class: "hidden" }, `Lines of ${invoice.invoice_no}`),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col", class: "number" }, h("span", { class: "hidden" }, "Line"), h("span", { "aria-hidden": "true" }, "#")),
        h("th", { scope: "col" }, "Item"),
        h("th", { scope: "col" }, "Stock code"),
        ["Quantity", "Unit price", "Amount"].map((name) => h("th", { scope: "col", class: "number" }, name)),
      ),
    ),
    h("tbody", {}, lines.map((line) => row(line, priceDecimals, decimals))),
    h(
      "tfoot",
      {},
      h(
        "tr",
        {},
        h("td", {}),
        h("th", { scope: "row", colspan: "2" }, "Total", h("small", {}, `${count(invoice.line_count, "line")}, ${count(invoice.units, "unit")}`)),
        h("td", { class: total.isNegative() ? "total number back" : "total number", colspan: "3" }, h("span", { id: "total" }, total.toText(decimals))),
      ),
    ),
  );
}

function row(line, priceDecimals, decimals) {
  return h(
    "tr",
    { "data-key": line.LineNo },
    h("td", { class: "number no" }, line.LineNo),
    h("td", { class: "item" }, line.Description || h("em", {}, "No description")),
    h("td", { class: "code" }, line.StockCode),
    h("td", { class: line.Quantity.startsWith("-") ? "number quantity back" : "number quantity" }, grouped(line.Quantity)),
    h("td", { class: "number price" }, line.price.toText(priceDecimals)),
    h("td", { class: line.amount.isNegative() ? "number amount back" : "number amount" }, line.amount.toText(decimals)),
  );
}

/** Whether the summary and the lines agree, and which lines are not there. */
function check(invoice, lines) {
  const added = sum(lines.map((line) => line.amount));
  const notes = [];
  if (added.compare(Decimal.of(invoice.total)) === 0) {
    notes.push(h("p", { class: "quiet" }, `Added up again in this browser: ${count(lines.length, "amount")}, and the total is right to the last digit.`));
  } else {
    notes.push(h("p", { class: "notice", role: "alert" }, `The lines add up to ${added.toText()}, but the summary says ${Decimal.of(invoice.total).toText()}.`));
  }
  const gaps = missing(lines.map((line) => Number(line.LineNo)));
  if (gaps.length > 0) {
    notes.push(h("p", { class: "notice" }, `${gapText(gaps)} not here: rejected, or not arrived yet.`));
  }
  return h("footer", { class: "paper-foot" }, notes);
}

/** The first numbers that are not there; one more than are named says that there are others. */
export function missing(numbers) {
  const there = new Set(numbers);
  const last = numbers.reduce((a, b) => Math.max(a, b), 0);
  const gaps = [];
  for (let number = 1; number < last && gaps.length <= GAPS_NAMED; number++) {
    if (!there.has(number)) {
      gaps.push(number);
    }
  }
  return gaps;
}

function gapText(gaps) {
  if (gaps.length === 1) {
    return `Line ${gaps[0]} is`;
  }
  return gaps.length > GAPS_NAMED ? `Lines ${gaps.slice(0, GAPS_NAMED).join(", ")} and others are` : `Lines ${gaps.slice(0, -1).join(", ")} and ${gaps.at(-1)} are`;
}
