// What a customer has spent most on. The API knows no such list: it is added up from the invoices' lines.
import { ApiError, invoicePath, lastAnswer, pause } from "./api.js";
import { count, grouped, h, loading } from "./dom.js";
import { readInvoice } from "./invoice.js";
import { Decimal } from "./money.js";
import { renew } from "./renew.js";

const AT_FIRST = 50;
const AT_ONCE = 4;
const SHOWN = 10;

/** How often an invoice is asked for that a customer's history has and the invoices have not, or not with all lines. */
const TRIES = 4;

/** The section, and show(invoices), which fills it: from the latest invoices at first, and from all of them once that was asked for. */
export function productsSection(signal) {
  const body = h("div", {}, loading("Reading the latest invoices."));
  const section = h("section", { class: "products", "aria-labelledby": "products-title" }, h("h2", { id: "products-title" }, "Top products"), body);
  /** Whole invoices by number. Kept apart until they are added up, so that none counts twice, however often it is read. */
  const whole = new Map();
  let invoices = [];
  let everything = false;
  let added = null;
  let attempt = 0;

  const update = async () => {
    const mine = ++attempt;
    const isLatest = () => mine === attempt && !signal.aborted;
    const some = everything ? invoices : invoices.slice(0, AT_FIRST);
    const all = invoices.length;
    let problem = "";
    body.setAttribute("aria-busy", "true");
    try {
      await gather(some, whole, signal, isLatest);
    } catch (failure) {
      problem = failure.message;
    }
    if (!isLatest()) {
      return;
    }
    body.removeAttribute("aria-busy");
    if (!problem) {
      added = { products: addUp(some.map((invoice) => whole.get(invoice.invoice_no))), read: some.length, all };
    }
    render(problem);
  };
  const addTheOthers = () => {
    everything = true;
    update();
  };
  const render = (problem) =>
    renew(
      body,
      added && [list(added.products), note(added.read, added.all)],
      problem
        ? [h("p", { class: "quiet", role: "alert", "data-key": "problem" }, problem), h("button", { type: "button", onclick: update }, "Try again")]
        : added.read < added.all && h("button", { type: "button", onclick: addTheOthers }, `Add the other ${count(added.all - added.read, "invoice")}`),
    );
  const show = (latest) => {
    invoices = latest;
    update();
  };
  return { section, show };
}

/** Reads those that are not there yet, some at once, as long as they are wanted. */
async function gather(invoices, whole, signal, areWanted) {
  const left = invoices.filter((invoice) => !isWhole(whole.get(invoice.invoice_no), invoice));
  const worker = async () => {
    while (left.length > 0 && areWanted()) {
      const invoice = left.shift();
      whole.set(invoice.invoice_no, await read(invoice, signal));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } catch (failure) {
    left.length = 0;
    throw failure;
  }
}

/** An invoice only grows: one with as many lines as its summary says need not be asked for again. */
function isWhole(answer, invoice) {
  return answer !== undefined && !answer.next_cursor && Number(answer.line_count) >= Number(invoice.line_count);
}

/** The views of customers and of invoices are written apart: either may be ahead for a moment. */
async function read(invoice, signal) {
  const before = lastAnswer(invoicePath(invoice.invoice_no));
  if (isWhole(before, invoice)) {
    return before;
  }
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const answer = await readIfThere(invoice.invoice_no, signal);
    if (isWhole(answer, invoice)) {
      return answer;
    }
    await pause(1000, signal);
  }
  throw new ApiError(0, "", `Invoice ${invoice.invoice_no} is still on its way.`);
}

async function readIfThere(invoiceNo, signal) {
  try {
    return (await readInvoice(invoiceNo, signal)).data;
  } catch (failure) {
    if (failure.status === 404) {
      return undefined;
    }
    throw failure;
  }
}

function addUp(invoices) {
  const products = new Map();
  invoices.forEach((invoice) => invoice.items.forEach((line) => addLine(products, line)));
  return [...products.values()];
}

function addLine(products, line) {
  const product = products.get(line.StockCode) ?? { code: line.StockCode, name: "", date: "", units: 0n, amount: Decimal.ZERO };
  product.units += BigInt(line.Quantity);
  product.amount = product.amount.plus(Decimal.of(line.Quantity).times(Decimal.of(line.UnitPrice)));
  if (line.Description && line.InvoiceDate >= product.date) {
    product.name = line.Description;
    product.date = line.InvoiceDate;
  }
  products.set(line.StockCode, product);
}

function list(products) {
  const top = [...products].sort((a, b) => b.amount.compare(a.amount) || (a.code < b.code ? -1 : 1)).slice(0, SHOWN);
  const most = top[0]?.amount.toPixels() || 1;
  return h("ol", {}, top.map((product) => item(product, most)));
}

function item(product, most) {
  const bar = h("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", String(Math.max(0, product.amount.toPixels() / most)));
  return h(
    "li",
    { "data-key": product.code },
    h("span", { class: "name" }, product.name || h("em", {}, "No description")),
    h("span", { class: product.amount.isNegative() ? "amount back" : "amount" }, product.amount.toText()),
    bar,
    h("span", { class: "quiet" }, `${product.code} \u00b7 ${grouped(product.units)} ${product.units === 1n ? "unit" : "units"}`),
  );
}

function note(read, all) {
  return h("p", { class: "quiet" }, read === all ? `By what was spent, cancellations taken off; ${all === 1 ? "the one invoice" : `all ${count(all, "invoice")}`}.` : `By what was spent in the latest ${read} of ${count(all, "invoice")}.`);
}
