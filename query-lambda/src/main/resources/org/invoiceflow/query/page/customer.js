// A customer: totals, spend per month, top products, and the history as a time line.
import { ApiError, ask, customerPath, poll } from "./api.js";
import { day } from "./dates.js";
import { announce, count, fill, grouped, h, heading, loading, term } from "./dom.js";
import { historySection, NO_HISTORY, readHistory, readOlder } from "./history.js";
import { Decimal } from "./money.js";
import { productsSection } from "./products.js";
import { renew } from "./renew.js";
import { spendSection } from "./spend.js";

const POLL_MILLIS = 5000;

export async function showCustomer(view, customerId, signal, ready) {
  fill(view, head(customerId), loading("Reading the purchase history."));
  const inTurn = turns();
  let shown = "";
  let history = NO_HISTORY;

  /** Reads and shows what is not shown yet; says whether there was anything. */
  const update = async () => {
    const { data: totals } = await ask(customerPath(customerId), signal);
    if (JSON.stringify(totals) === shown) {
      return false;
    }
    history = await readHistory(customerId, signal, history);
    show();
    renew(figuresAt, figures(totals));
    shown = JSON.stringify(totals);
    return true;
  };
  const lengthen = async () => {
    history = await readOlder(customerId, signal, history);
    show();
  };
  const figuresAt = h("div", {});
  const spend = spendSection(signal);
  const timeline = historySection(() => inTurn(lengthen));
  const products = productsSection(signal);
  const show = () => {
    signal.throwIfAborted();
    spend.show(history.invoices, !history.next);
    timeline.show(history);
    products.show(history.invoices);
  };

  await inTurn(update);
  fill(view, head(customerId), figuresAt, spend.section, h("div", { class: "columns" }, timeline.section, products.section));
  ready(`Customer ${customerId}`);

  await poll(POLL_MILLIS, signal, async () => {
    if (await inTurn(update).catch(keepGoing)) {
      announce("There is something new: the page has been brought up to date.");
    }
  });
}

/** Runs one after the other what would go on from the same history. */
function turns() {
  let last = Promise.resolve();
  return (work) => {
    last = last.then(work, work);
    return last;
  };
}

/** A page that is shown already stays, whatever a later look says; the next look tries again. */
function keepGoing(failure) {
  if (failure instanceof ApiError && !failure.wantsToken) {
    return false;
  }
  throw failure;
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
