package org.invoiceflow.local.replay;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Optional;
import org.invoiceflow.job.warehouse.WarehouseSchema;
import org.invoiceflow.local.endpoints.DynamoDbEndpoint;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.stores.CustomersView;
import org.invoiceflow.local.stores.Findings;
import org.invoiceflow.local.stores.InvoicesView;
import org.invoiceflow.local.stores.LineCounts;
import org.invoiceflow.local.stores.WarehouseReader;
import org.invoiceflow.local.stores.WarehouseTotals;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What the stores hold at one moment.
 *
 * @param lines in the invoices view
 * @param total of these lines; empty if nobody added them up
 * @param warehouse empty if the replay leaves it as it is
 * @param findings what is wrong within the views
 */
record Stored(
    long lines,
    Optional<BigDecimal> total,
    Optional<WarehouseTotals> warehouse,
    Findings findings) {

  /** Believes the view's summaries. */
  static Stored quickly(Endpoints endpoints) throws SQLException {
    try (DynamoDbClient client = endpoints.dynamoDb().client()) {
      long lines = LineCounts.of(client, endpoints.dynamoDb().invoicesTable());
      return new Stored(lines, Optional.empty(), warehouse(endpoints), Findings.NONE);
    }
  }

  /** Reads every item of both views. */
  static Stored read(Endpoints endpoints) throws SQLException {
    DynamoDbEndpoint tables = endpoints.dynamoDb();
    try (DynamoDbClient client = tables.client()) {
      InvoicesView invoices = InvoicesView.read(client, tables.invoicesTable());
      CustomersView customers = CustomersView.read(client, tables.customersTable());
      return new Stored(
          invoices.lines(),
          Optional.of(invoices.total()),
          warehouse(endpoints),
          invoices.findings().plus(customers.findings()).plus(customers.differencesFrom(invoices)));
    }
  }

  private static Optional<WarehouseTotals> warehouse(Endpoints endpoints) throws SQLException {
    if (endpoints.ifWarehouse().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new WarehouseReader(endpoints.warehouse()::connect, WarehouseSchema.LINES).totals());
  }
}
