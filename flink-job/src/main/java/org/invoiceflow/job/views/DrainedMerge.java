package org.invoiceflow.job.views;

import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperator;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.util.retryable.AsyncRetryStrategies;
import org.invoiceflow.job.assembly.InvoiceChange;

/**
 * Flink's ordered asynchronous operator, except that it waits for all changes under way before a
 * checkpoint's barrier passes, so that no checkpoint holds any. Flink's own one would put them into
 * its state, which is dealt out anew when the job is rescaled: a change could then come to another
 * subtask than the later changes of its invoice, and overtake or be overtaken.
 *
 * <p>No new change can come in meanwhile: an operator that waits runs its own work and that of the
 * operators after it in the chain, never that of those before it.
 */
public final class DrainedMerge extends AsyncWaitOperatorFactory<InvoiceChange, MergedInvoice> {

  private static final long serialVersionUID = 1L;

  private final MergeWithStored merge;
  private final long timeoutMillis;
  private final int capacity;

  /**
   * @param timeoutMillis after this long without the stored parts the job fails
   * @param capacity how many changes may be under way
   */
  public DrainedMerge(MergeWithStored merge, long timeoutMillis, int capacity) {
    super(merge, timeoutMillis, capacity, OutputMode.ORDERED);
    this.merge = merge;
    this.timeoutMillis = timeoutMillis;
    this.capacity = capacity;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As Flink declares it.
  public <T extends StreamOperator<MergedInvoice>> T createStreamOperator(
      StreamOperatorParameters<MergedInvoice> parameters) {
    Operator operator =
        new Operator(merge, timeoutMillis, capacity, processingTimeService, getMailboxExecutor());
    operator.setup(
        parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
    return (T) operator;
  }

  @Override
  @SuppressWarnings("rawtypes") // As Flink declares it.
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return Operator.class;
  }

  private static final class Operator extends AsyncWaitOperator<InvoiceChange, MergedInvoice> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unchecked") // Flink's strategy has no type parameter.
    Operator(
        MergeWithStored merge,
        long timeoutMillis,
        int capacity,
        ProcessingTimeService time,
        MailboxExecutor mailbox) {
      super(
          merge,
          timeoutMillis,
          capacity,
          OutputMode.ORDERED,
          AsyncRetryStrategies.NO_RETRY_STRATEGY,
          time,
          mailbox);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
      super.prepareSnapshotPreBarrier(checkpointId);
      // Nothing but the wait for all that is under way.
      endInput();
    }
  }
}
