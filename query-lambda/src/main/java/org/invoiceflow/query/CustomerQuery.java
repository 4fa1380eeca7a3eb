package org.invoiceflow.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.invoiceflow.http.Answer;
import org.invoiceflow.http.RequestLog;
import org.invoiceflow.model.Decimals;
import org.invoiceflow.model.InvoiceKind;
import org.invoiceflow.model.ViewSchema;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A customer's totals: the sum of the customer's rows. */
final class CustomerQuery {

  private final DynamoDbClient dynamoDb;
  private final String table;

  CustomerQuery(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  Answer answer(String customerId, RequestLog.Line log) {
    Totals totals = new Totals();
    Pages.read(
        dynamoDb,
        Pages.ofPartition(table, ViewSchema.CUSTOMER_ID, customerId).build(),
        totals::add);
    log.count("rows", totals.invoices);
    return totals.invoices == 0
        ? noSuchCustomer()
        : Answer.json(200, json -> totals.write(json, customerId));
  }

  static Answer noSuchCustomer() {
    return Answer.error(404, "no_such_customer", "There is no invoice of a customer with this id");
  }

  /** Adds up rows; every kind of invoice counts. */
  private static final class Totals {
    private long invoices;
    private long cancelledInvoices;
    private long lines;
    private long units;
    private BigDecimal netTotal = BigDecimal.ZERO;
    private String firstDate = "";
    private String lastDate = "";

    boolean add(List<Item> rows) {
      for (Item row : rows) {
        String date = row.text(ViewSchema.DATE);
        firstDate = invoices == 0 || date.compareTo(firstDate) < 0 ? date : firstDate;
        lastDate = date.compareTo(lastDate) > 0 ? date : lastDate;
        invoices++;
        if (row.text(ViewSchema.KIND).equals(InvoiceKind.CANCELLATION.name())) {
          cancelledInvoices++;
        }
        lines += row.wholeNumber(ViewSchema.LINE_COUNT);
        units += row.wholeNumber(ViewSchema.UNITS);
        netTotal = netTotal.add(row.number(ViewSchema.TOTAL));
      }
      return true;
    }

    void write(JsonGenerator json, String customerId) throws IOException {
      json.writeStartObject();
      json.writeStringField("customer_id", customerId);
      json.writeNumberField("invoices", invoices);
      json.writeNumberField("cancelled_invoices", cancelledInvoices);
      json.writeNumberField("lines", lines);
      json.writeNumberField("units", units);
      SummaryJson.writeMoney(json, "net_total", Decimals.canonical(netTotal));
      json.writeStringField("first_date", firstDate);
      json.writeStringField("last_date", lastDate);
      json.writeEndObject();
    }
  }
}
