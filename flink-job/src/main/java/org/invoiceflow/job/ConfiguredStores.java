package org.invoiceflow.job;

import org.apache.flink.core.fs.Path;
import org.invoiceflow.job.completion.CompletionRecord;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.job.config.JobConfig.Mode;
import org.invoiceflow.job.lake.LakeSinks;
import org.invoiceflow.job.views.DynamoDbInvoices;
import org.invoiceflow.job.views.ViewSinks;
import org.invoiceflow.job.warehouse.WarehouseSink;

/** Chooses the stores that a configuration names. */
final class ConfiguredStores {

  private ConfiguredStores() {}

  static Stores of(JobConfig config) {
    Stores stores =
        Stores.views(
            new DynamoDbInvoices(config.viewTables()),
            ViewSinks.invoices(config.viewTables()),
            ViewSinks.customers(config.viewTables()));
    if (config.mode() != Mode.REPLAY) {
      Path root = new Path(config.lakeRoot());
      stores =
          stores.withLake(LakeSinks.raw(root), LakeSinks.rejected(root), LakeSinks.repeated(root));
    }
    if (config.warehouse().isPresent()) {
      stores = stores.withWarehouse(WarehouseSink.of(config.warehouse().get()));
    }
    if (config.runId().isPresent()) {
      stores =
          stores.withCompletion(
              CompletionRecord.of(
                  config.lakeRoot(), config.runId().get(), config.modeName(), config.inputPath()));
    }
    return stores;
  }
}
