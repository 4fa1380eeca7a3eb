package org.invoiceflow.job.warehouse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.invoiceflow.model.InvoiceLine;

/** Stages lines as the sink's writers do, without Flink. */
final class Staging {

  private Staging() {}

  static StagingWriter writer(Path folder) {
    return new StagingWriter(folder.toUri().toString(), 0, new UnregisteredMetricsGroup());
  }

  static StagedFile file(Path folder, List<InvoiceLine> lines) throws IOException {
    StagingWriter writer = writer(folder);
    for (InvoiceLine line : lines) {
      writer.write(line, null);
    }
    return new ArrayList<>(writer.prepareCommit()).get(0);
  }

  static StagedLoad load(Path folder, List<InvoiceLine> lines) throws IOException {
    return StagedLoad.of(List.of(file(folder, lines)));
  }
}
