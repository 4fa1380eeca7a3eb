package org.invoiceflow.loader.send;

import java.util.List;
import org.invoiceflow.model.LineResult;

/**
 * A broken rule, named by the loader or by the API. The API may know rules that this loader does
 * not, so the rule is text.
 *
 * @param rule name of the rule
 * @param field field of the row JSON, or "" if the line as a whole is meant
 * @param message one sentence
 */
public record Reason(String rule, String field, String message) {

  static List<Reason> of(LineResult result) {
    return result.violations().stream()
        .map(v -> new Reason(v.rule().name(), v.field(), v.message()))
        .toList();
  }
}
