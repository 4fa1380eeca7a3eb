// From a number that someone types to what it stands for.
import { ApiError, ask, customerPath, invoicePath } from "./api.js";
import { fill, h, heading, loading } from "./dom.js";

export function start(view, { hasPipeline }) {
  fill(
    view,
    h(
      "section",
      { class: "start narrow" },
      heading("Every invoice, to the last penny"),
      h("p", { class: "lead" }, "Type the number of a customer to see what they bought and when, or of an invoice to see its lines and its exact total."),
      h(
        "p",
        { class: "quiet" },
        "Cancellations begin with C, adjustments with A; they have numbers of their own, such as C536379.",
      ),
      hasPipeline ? h("p", {}, h("a", { class: "more", href: "#/pipeline" }, "Watch the pipeline at work")) : null,
    ),
  );
}

/** Goes where the number leads: to the invoice, to the customer, or to a choice if it is both. */
export async function find(view, number, signal) {
  fill(view, h("section", { class: "narrow" }, heading(number), loading("Looking it up.")));
  const [invoice, customer] = await Promise.allSettled([ask(invoicePath(number), signal), ask(customerPath(number), signal)]);
  signal.throwIfAborted();
  const found = [
    invoice.status === "fulfilled" ? ["Invoice", `#/invoice/${encodeURIComponent(number)}`] : null,
    customer.status === "fulfilled" ? ["Customer", `#/customer/${encodeURIComponent(number)}`] : null,
  ].filter(Boolean);
  if (found.length === 1) {
    location.replace(found[0][1]);
    return;
  }
  const failed = [invoice, customer].find((answer) => answer.status === "rejected" && !isMissing(answer.reason));
  if (found.length === 0 && failed) {
    throw failed.reason;
  }
  fill(view, found.length ? choice(number, found) : nothing(number));
  view.querySelector("h1").focus();
}

function isMissing(reason) {
  return reason instanceof ApiError && reason.status === 404 && reason.code !== "";
}

function choice(number, found) {
  return h(
    "section",
    { class: "narrow" },
    heading(`${number} is two things`),
    h("ul", { class: "choice" }, found.map(([what, link]) => h("li", {}, h("a", { href: link }, `${what} ${number}`)))),
  );
}

function nothing(number) {
  return h(
    "section",
    { class: "narrow" },
    heading("Nothing is stored under ", h("q", {}, number)),
    h("p", { class: "lead" }, "There is neither an invoice with this number nor an invoice of a customer with this id."),
    h("p", { class: "quiet" }, "Capital and small letters count, and a line that was sent a moment ago can take some seconds to arrive."),
  );
}
