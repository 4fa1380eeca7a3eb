package org.invoiceflow.loader.input;

import java.util.Optional;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.LineResult;

/**
 * One line of a file.
 *
 * @param fileLine where it begins, counted from 1 with the header
 * @param row as it stands in the file, without its line end
 * @param result the line, or every rule that it breaks
 * @param mendable for a line that breaks a rule its {@link org.invoiceflow.model.LineDraft}; ""
 *     else
 */
public record SourceLine(long fileLine, String row, LineResult result, String mendable) {

  /** The line for its sender to mend, if somebody refuses it: a JSON object without line ends. */
  public String draft() {
    Optional<InvoiceLine> sound = result.line();
    return sound.map(LineJson::toJson).orElse(mendable);
  }
}
