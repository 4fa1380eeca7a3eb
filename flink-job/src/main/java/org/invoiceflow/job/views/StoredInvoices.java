package org.invoiceflow.job.views;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Where the views' stored content is read before it is written again. Opened once per subtask;
 * {@link Reader#read} is called from the subtask's thread only, its futures may complete on any
 * thread.
 */
public interface StoredInvoices extends Serializable {

  Reader open();

  /** A connection to the store. */
  interface Reader extends AutoCloseable {

    /**
     * All stored parts of an invoice, strongly consistent.
     *
     * @param likelyParts numbers of the parts that are likely to exist; others that the first part
     *     names are found as well
     * @return completes with the parts in any order, empty if nothing is stored; exceptionally if
     *     the store fails for good
     */
    CompletableFuture<List<InvoicePart>> read(String invoiceNo, Set<Integer> likelyParts);

    @Override
    void close();
  }
}
