package org.invoiceflow.local.stores;

import static org.invoiceflow.model.ViewSchema.COUNTRY;
import static org.invoiceflow.model.ViewSchema.CUSTOMER_ID;
import static org.invoiceflow.model.ViewSchema.DATE;
import static org.invoiceflow.model.ViewSchema.INVOICE_NO;
import static org.invoiceflow.model.ViewSchema.KIND;
import static org.invoiceflow.model.ViewSchema.LINE_COUNT;
import static org.invoiceflow.model.ViewSchema.TOTAL;
import static org.invoiceflow.model.ViewSchema.UNITS;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.model.InvoiceKind;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.model.LineJson;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An invoice's summary as both views store it. */
final class SummaryItem {

  private SummaryItem() {}

  /**
   * Reads the summary of an item.
   *
   * @param where names the item in a finding
   * @return empty, with a finding, if an attribute is missing or unreadable
   */
  static Optional<InvoiceSummary> read(
      Map<String, AttributeValue> item, String where, Findings.Collector findings) {
    try {
      String invoiceNo = text(item, INVOICE_NO);
      String dateText = text(item, DATE);
      LocalDateTime date = LocalDateTime.parse(dateText);
      if (!LineJson.formatDate(date).equals(dateText)) {
        findings.add(where + ": date is '" + dateText + "', not yyyy-MM-ddTHH:mm:ss");
      }
      String kind = text(item, KIND);
      if (!kind.equals(InvoiceKind.ofInvoiceNo(invoiceNo).name())) {
        findings.add(where + ": kind is '" + kind + "', which does not follow from the number");
      }
      return Optional.of(
          InvoiceSummary.stored(
              invoiceNo,
              item.containsKey(CUSTOMER_ID)
                  ? Optional.of(text(item, CUSTOMER_ID))
                  : Optional.empty(),
              text(item, COUNTRY),
              date,
              number(item, LINE_COUNT).intValueExact(),
              number(item, UNITS).longValueExact(),
              number(item, TOTAL)));
    } catch (ArithmeticException | DateTimeException | IllegalArgumentException e) {
      findings.add(where + ": the summary cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null || value.s() == null) {
      throw new IllegalArgumentException("attribute " + name + " of type S is missing");
    }
    return value.s();
  }

  private static BigDecimal number(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null || value.n() == null) {
      throw new IllegalArgumentException("attribute " + name + " of type N is missing");
    }
    return new BigDecimal(value.n());
  }
}
