// What a customer has spent most on. The API knows no such list: it is added up from the invoices' lines.
import { ask, invoicePath, lastAnswer } from "./api.js";
import { count, fill, grouped, h, loading } from "./dom.js";
import { Decimal } from "./money.js";

const AT_FIRST = 50;
const AT_ONCE = 4;
const SHOWN = 10;

/** A section that fills itself, from the latest invoices at first and from all of them when asked to. */
export function productsSection(invoices, signal) {
  const body = h("div", {}, loading("Reading the latest invoices."));
  const products = new Map();
  const rest = invoices.slice(AT_FIRST);
  const show = async (some, done) => {
    body.setAttribute("aria-busy", "true");
    await add(some, products, signal);
    body.removeAttribute("aria-busy");
    fill(body, list(products), done());
  };
  const readRest = () => show(rest, () => note(invoices.length, invoices.length));
  const first = () =>
    show(invoices.slice(0, AT_FIRST), () => [
      note(Math.min(AT_FIRST, invoices.length), invoices.length),
      rest.length ? h("button", { type: "button", onclick: () => guard(readRest) }, `Add the other ${count(rest.length, "invoice")}`) : null,
    ]);
  const guard = async (work) => {
    try {
      await work();
    } catch (failure) {
      if (!signal.aborted) {
        body.removeAttribute("aria-busy");
        fill(body, h("p", { class: "quiet", role: "alert" }, failure.message), h("button", { type: "button", onclick: () => guard(work) }, "Try again"));
      }
    }
  };
  guard(first);
  return h("section", { class: "products", "aria-labelledby": "products-title" }, h("h2", { id: "products-title" }, "Top products"), body);
}

async function add(invoices, products, signal) {
  const left = [...invoices];
  const worker = async () => {
    for (let invoice = left.shift(); invoice; invoice = left.shift()) {
      (await read(invoice, signal)).items.forEach((line) => addLine(products, line));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** An invoice only grows: one with as many lines as its summary says need not be asked for again. */
async function read(invoice, signal) {
  const path = invoicePath(invoice.invoice_no);
  const before = lastAnswer(path);
  return before?.line_count === invoice.line_count ? before : (await ask(path, signal)).data;
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
  const top = [...products.values()].sort((a, b) => b.amount.compare(a.amount) || (a.code < b.code ? -1 : 1)).slice(0, SHOWN);
  const most = top[0]?.amount.toPixels() || 1;
  return h("ol", {}, top.map((product) => item(product, most)));
}

function item(product, most) {
  const bar = h("span", { class: "bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", String(Math.max(0, product.amount.toPixels() / most)));
  return h(
    "li",
    {},
    h("span", { class: "name" }, product.name || h("em", {}, "No description")),
    h("span", { class: product.amount.isNegative() ? "amount back" : "amount" }, product.amount.toText()),
    bar,
    h("span", { class: "quiet" }, `${product.code} \u00b7 ${grouped(product.units)} ${product.units === 1n ? "unit" : "units"}`),
  );
}

function note(read, all) {
  return h("p", { class: "quiet" }, read === all ? `By what was spent, cancellations taken off; ${all === 1 ? "the one invoice" : `all ${count(all, "invoice")}`}.` : `By what was spent in the latest ${read} of ${count(all, "invoice")}.`);
}
