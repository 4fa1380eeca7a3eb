package org.invoiceflow.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.local.stores.FakeDynamoDb.CUSTOMERS;
import static org.invoiceflow.local.stores.FakeDynamoDb.INVOICES;
import static org.invoiceflow.local.stores.Lines.line;
import static org.invoiceflow.model.ViewSchema.UNITS;

import java.util.List;
import org.invoiceflow.model.InvoiceSummary;
import org.invoiceflow.query.Views;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class CustomersViewTest {

  private final FakeDynamoDb db = new FakeDynamoDb();

  @Test
  void rows_that_equal_the_invoices_summaries_make_no_difference() {
    db.store(List.of(line("536365", 1), line("536365", 2)));
    db.store(List.of(line("C536366", 1)));
    db.store(List.of(line("536367", 1).toBuilder().customerId(null).build()));

    CustomersView view = read();

    assertThat(view.findings()).isEqualTo(Findings.NONE);
    assertThat(differences()).isEqualTo(Findings.NONE);
    assertThat(view.customers().keySet()).containsExactly("17850");
    assertThat(view.customers().get("17850").keySet()).containsExactly("536365", "C536366");
    assertThat(view.lines()).isEqualTo(3);
    assertThat(view.total()).isEqualByComparingTo("7.5");
  }

  @Test
  void a_missing_row_is_found() {
    db.store(List.of(line("536365", 1)));
    db.items(CUSTOMERS).clear();

    assertThat(differences().sentences())
        .containsExactly("Customer 17850, invoice 536365: the row is missing");
  }

  @Test
  void a_row_too_many_is_found() {
    db.put(CUSTOMERS, Views.attributes(InvoiceSummary.of(List.of(line("536365", 1)))));

    assertThat(differences().sentences())
        .containsExactly(
            "Customer 17850, invoice 536365: the invoices view has no such invoice of that"
                + " customer");
  }

  @Test
  void a_row_that_differs_from_the_invoice_is_found() {
    db.store(List.of(line("536365", 1)));
    db.items(CUSTOMERS).get(0).put(UNITS, AttributeValue.fromN("3"));

    assertThat(differences().sentences())
        .singleElement()
        .asString()
        .contains("Customer 17850, invoice 536365: the row says", "units=3", "units=2");
  }

  @Test
  void a_row_that_cannot_be_read_is_found() {
    db.store(List.of(line("536365", 1)));
    db.items(CUSTOMERS).get(0).put(UNITS, AttributeValue.fromN("0.5"));

    assertThat(read().findings().sentences())
        .singleElement()
        .asString()
        .startsWith("Customer 17850, invoice 536365: the summary cannot be read: ");
  }

  private CustomersView read() {
    return CustomersView.read(db, CUSTOMERS);
  }

  private Findings differences() {
    return read().differencesFrom(InvoicesView.read(db, INVOICES));
  }
}
