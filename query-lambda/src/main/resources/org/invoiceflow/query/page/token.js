// The bearer token that the API asks for on AWS. It lives as long as the tab.
import { fill, h, heading } from "./dom.js";

const KEY = "invoiceflow.token";

export const token = {
  get value() {
    return sessionStorage.getItem(KEY) ?? "";
  },
  set value(text) {
    if (text) {
      sessionStorage.setItem(KEY, text);
    } else {
      sessionStorage.removeItem(KEY);
    }
  },
};

/** What a header can carry: visible ASCII (RFC 6750 allows less still). */
const FORM = /^[!-~]*$/;

/**
 * Asks for a token.
 *
 * @param why sentence of the service
 * @param retry is called when there is a new token
 */
export function askForToken(view, why, retry) {
  const again = token.value !== "";
  const input = h("input", { id: "token", type: "password", autocomplete: "off", spellcheck: "false", required: true, "aria-describedby": "token-problem token-help" });
  const problem = h("p", { id: "token-problem", class: "back", role: "alert" });
  const form = h(
    "form",
    {
      class: "token",
      onsubmit: (event) => {
        event.preventDefault();
        const text = input.value.trim().replace(/^Bearer\s+/i, "");
        if (FORM.test(text)) {
          token.value = text;
          retry();
        } else {
          problem.textContent = `This is no token: character ${[...text].findIndex((one) => !FORM.test(one)) + 1} of it is a space or not ASCII. Copy it again.`;
          input.select();
        }
      },
    },
    h("label", { for: "token" }, "Bearer token"),
    h("div", { class: "field" }, input, h("button", { type: "submit" }, "Use this token")),
    problem,
    h("p", { id: "token-help", class: "quiet" }, "As your sign-in gives it. It is kept in this tab only, and sent to this service only."),
  );
  fill(
    view,
    h("section", { class: "narrow" }, heading(again ? "This token does not open it" : "A token is needed"), h("p", { class: "lead", role: "alert" }, why), form),
  );
  input.focus();
}
