package org.invoiceflow.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import org.invoiceflow.model.ViewSchema;

/** An invoice's summary as both views hold it, in the API's words, which are the views' own. */
final class SummaryJson {

  private SummaryJson() {}

  /** Writes the fields into the object that has been begun; a guest's invoice has no customer. */
  static void writeFields(JsonGenerator json, Item item) throws IOException {
    json.writeStringField("invoice_no", item.text(ViewSchema.INVOICE_NO));
    if (item.optionalText(ViewSchema.CUSTOMER_ID).isPresent()) {
      json.writeStringField("customer_id", item.text(ViewSchema.CUSTOMER_ID));
    }
    json.writeStringField("country", item.text(ViewSchema.COUNTRY));
    json.writeStringField("kind", item.text(ViewSchema.KIND));
    json.writeStringField("date", item.text(ViewSchema.DATE));
    json.writeNumberField("line_count", item.wholeNumber(ViewSchema.LINE_COUNT));
    json.writeNumberField("units", item.wholeNumber(ViewSchema.UNITS));
    writeMoney(json, "total", item.number(ViewSchema.TOTAL));
  }

  /** Exactly, without an exponent. */
  static void writeMoney(JsonGenerator json, String name, BigDecimal amount) throws IOException {
    json.writeFieldName(name);
    json.writeNumber(amount.toPlainString());
  }
}
