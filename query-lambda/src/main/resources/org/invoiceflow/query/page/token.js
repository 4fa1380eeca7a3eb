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

/**
 * Asks for a token.
 *
 * @param why sentence of the service
 * @param retry is called when there is a new token
 */
export function askForToken(view, why, retry) {
  const again = token.value !== "";
  const input = h("input", { id: "token", type: "password", autocomplete: "off", spellcheck: "false", required: true, "aria-describedby": "token-help" });
  const form = h(
    "form",
    {
      class: "token",
      onsubmit: (event) => {
        event.preventDefault();
        token.value = input.value.trim().replace(/^Bearer\s+/i, "");
        retry();
      },
    },
    h("label", { for: "token" }, "Bearer token"),
    h("div", { class: "field" }, input, h("button", { type: "submit" }, "Use this token")),
    h("p", { id: "token-help", class: "quiet" }, "As your sign-in gives it. It is kept in this tab only, and sent to this service only."),
  );
  fill(
    view,
    h("section", { class: "narrow" }, heading(again ? "This token does not open it" : "A token is needed"), h("p", { class: "lead", role: "alert" }, why), form),
  );
  input.focus();
}
