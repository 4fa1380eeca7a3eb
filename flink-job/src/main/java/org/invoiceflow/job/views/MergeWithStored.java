package org.invoiceflow.job.views;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.invoiceflow.job.assembly.InvoiceChange;
import org.invoiceflow.job.intake.ReceivedLine;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.InvoiceParts;

/**
 * Reads the stored parts of a changed invoice and merges the change with them: keyed state is a
 * cache, the table is the truth. Runs ordered and in the partitioning of the assembly, so that
 * changes of one invoice reach the sink in their order.
 *
 * <p>If the store cannot be read for longer than its client retries, the job fails and is
 * restarted: from its last checkpoint, with nothing lost.
 *
 * <p>Limit: lines that a second live writer of the same invoice (a stream and an import at the same
 * moment) puts between this read and the landing of this job's put are overwritten in the view. The
 * sink's buffer time, 200 ms, and its retries bound that gap. The next change of the invoice at the
 * writer that still knows them puts them back, or a replay.
 */
public final class MergeWithStored extends RichAsyncFunction<InvoiceChange, MergedInvoice> {

  private static final long serialVersionUID = 1L;

  private final StoredInvoices stored;
  private transient StoredInvoices.Reader reader;

  public MergeWithStored(StoredInvoices stored) {
    this.stored = stored;
  }

  @Override
  public void open(OpenContext context) {
    reader = stored.open();
  }

  @Override
  public void asyncInvoke(InvoiceChange change, ResultFuture<MergedInvoice> result) {
    Future<?> unused =
        reader
            .read(change.invoiceNo(), partsOf(change))
            .thenApply(parts -> MergedInvoice.of(change, parts))
            .whenComplete(
                (merged, failure) -> {
                  if (failure != null) {
                    result.completeExceptionally(failure);
                  } else {
                    result.complete(Collections.singletonList(merged));
                  }
                });
  }

  private static Set<Integer> partsOf(InvoiceChange change) {
    Set<Integer> parts = new TreeSet<>(Set.of(InvoiceParts.SUMMARY_PART));
    for (ReceivedLine line : change.fresh()) {
      parts.add(InvoiceParts.partOf(line.line().lineNo()));
    }
    for (InvoiceLine line : change.known()) {
      parts.add(InvoiceParts.partOf(line.lineNo()));
    }
    return parts;
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
