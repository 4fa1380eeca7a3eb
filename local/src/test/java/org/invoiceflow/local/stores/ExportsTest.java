package org.invoiceflow.local.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.local.stores.FakeDynamoDb.CUSTOMERS;
import static org.invoiceflow.local.stores.FakeDynamoDb.INVOICES;
import static org.invoiceflow.local.stores.Lines.line;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportsTest {

  private final FakeDynamoDb db = new FakeDynamoDb();
  @TempDir private Path folder;

  @BeforeEach
  void store() {
    db.store(
        List.of(
            line("536365", 1),
            line("536365", 2).toBuilder()
                .invoiceDate(LocalDateTime.of(2010, 12, 1, 8, 27, 5))
                .unitPrice(new BigDecimal("0.0001"))
                .build()));
    db.store(List.of(line("C536366", 1).toBuilder().quantity(-2).build()));
    db.store(
        List.of(line("536367", 1).toBuilder().customerId(null).country("Here, \"there\"").build()));
  }

  @Test
  void invoices_are_one_row_each_with_exact_totals_and_an_empty_customer_for_guests()
      throws IOException {
    Exports.invoices(folder.resolve("new/folder"), InvoicesView.read(db, INVOICES));

    assertThat(Files.readString(folder.resolve("new/folder/invoices.csv")))
        .isEqualTo(
            """
            invoice_no,customer_id,date,lines,units,total,country
            536365,17850,2010-12-01T08:26:00,2,4,2.5002,United Kingdom
            536367,,2010-12-01T08:26:00,1,2,2.500,"Here, ""there\"""
            C536366,17850,2010-12-01T08:26:00,1,-2,-2.500,United Kingdom
            """);
  }

  @Test
  void a_customers_last_date_is_that_of_the_latest_line() throws IOException {
    Exports.customers(folder, CustomersView.read(db, CUSTOMERS), InvoicesView.read(db, INVOICES));

    assertThat(Files.readString(folder.resolve("customers.csv")))
        .isEqualTo(
            """
            customer_id,invoices,cancelled_invoices,lines,units,net_total,first_date,last_date
            17850,2,1,3,2,0.0002,2010-12-01T08:26:00,2010-12-01T08:27:05
            """);
  }
}
