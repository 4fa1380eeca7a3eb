package org.invoiceflow.job.views;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.invoiceflow.job.metrics.JobMetrics;

/**
 * A sink that has written everything, and so remembers nothing, when a checkpoint is taken.
 *
 * <p>Flink's own asynchronous sinks put what they still buffer into the checkpoint, and write it
 * after a restore, be that seconds later or weeks. Such a put is older than what stands in the
 * table then: it would erase what other writers, or this job between the checkpoint and its crash,
 * have added since. And a store that answers nothing any more fails the checkpoints, which somebody
 * sees, instead of being retried in silence for ever.
 */
final class FlushedSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;

  private final Sink<T> sink;

  FlushedSink(Sink<T> sink) {
    this.sink = sink;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    return writer(sink.createWriter(context), context.metricGroup());
  }

  @Override
  @SuppressWarnings("deprecation") // The interface asks for both.
  public SinkWriter<T> createWriter(InitContext context) throws IOException {
    return writer(sink.createWriter(context), context.metricGroup());
  }

  /** Beside the connector's own counter, since one counter has one name. */
  private static <T> Writer<T> writer(SinkWriter<T> writer, SinkWriterMetricGroup metrics) {
    Counter errors = metrics.getNumRecordsSendErrorsCounter();
    MetricGroup published = JobMetrics.group(metrics);
    published.gauge(JobMetrics.VIEW_PUT_ERRORS, (Gauge<Long>) errors::getCount);
    JobMetrics.metered(published, errors, JobMetrics.VIEW_PUT_ERRORS_RATE);
    return new Writer<>(writer);
  }

  @SuppressWarnings("try") // That close may be interrupted is Flink's declaration.
  private static final class Writer<T> implements SinkWriter<T> {
    private final SinkWriter<T> writer;

    Writer(SinkWriter<T> writer) {
      this.writer = writer;
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
      writer.write(element, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
      // Those sinks empty their buffer only for what they take to be the end.
      writer.flush(true);
    }

    @Override
    public void close() throws Exception {
      writer.close();
    }
  }
}
