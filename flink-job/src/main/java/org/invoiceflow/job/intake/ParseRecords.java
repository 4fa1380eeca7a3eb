package org.invoiceflow.job.intake;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvRowParser;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.JsonLine;
import org.invoiceflow.model.JsonLines;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.LineResult;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into lines. What breaks a rule goes to {@link #REJECTED} with all its reasons and
 * its own bytes; nothing is thrown because of data. Keeps no state but the parser of the CSV
 * dialect that it saw last.
 */
public final class ParseRecords extends ProcessFunction<ReceivedRecord, ReceivedLine> {

  private static final long serialVersionUID = 1L;

  public static final OutputTag<Rejection> REJECTED =
      new OutputTag<>("rejected", CodecTypeInfo.using(RejectionCodec.class));

  private transient Counter read;
  private transient Counter rejected;
  private transient Map<Rule, Counter> rejectedByRule;
  private transient String csvFormat;
  private transient @Nullable CsvRowParser csvParser;

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = JobMetrics.group(getRuntimeContext().getMetricGroup());
    read = JobMetrics.metered(metrics, JobMetrics.LINES_READ, JobMetrics.LINES_READ_RATE);
    rejected =
        JobMetrics.metered(metrics, JobMetrics.LINES_REJECTED, JobMetrics.LINES_REJECTED_RATE);
    rejectedByRule = new EnumMap<>(Rule.class);
    for (Rule rule : Rule.values()) {
      rejectedByRule.put(rule, metrics.counter(JobMetrics.REJECTED_BY_RULE + rule));
    }
    csvFormat = "";
  }

  @Override
  public void processElement(ReceivedRecord record, Context context, Collector<ReceivedLine> out) {
    if (record.format().equals(ReceivedRecord.JSON)) {
      parseJson(record, context, out);
    } else if (record.unreadableReason().isPresent()) {
      reject(
          record,
          List.of(new Violation(Rule.UNREADABLE, "", record.unreadableReason().get())),
          context);
    } else {
      handle(parseCsv(record), record, context, out);
    }
  }

  private LineResult parseCsv(ReceivedRecord record) {
    CsvRowParser parser;
    try {
      parser = csvParser(record.format());
    } catch (IllegalArgumentException e) {
      // From a replay of files that a newer release, or somebody else, has written.
      return LineResult.rejected(
          new Violation(Rule.UNREADABLE, "", "The record's format is unknown: " + e.getMessage()));
    }
    return parser.parse(record.payload(), record.lineNo(), record.origin().fileName());
  }

  private void parseJson(ReceivedRecord record, Context context, Collector<ReceivedLine> out) {
    JsonLines lines = LineJson.read(record.payload());
    if (lines.unreadable().isPresent()) {
      reject(record, List.of(lines.unreadable().get()), context);
    }
    for (JsonLine line : lines.lines()) {
      handle(line.result(), slice(record, lines, line), context, out);
    }
  }

  /** The record reduced to one of its lines. */
  private static ReceivedRecord slice(ReceivedRecord record, JsonLines lines, JsonLine line) {
    if (lines.lines().size() == 1) {
      return record;
    }
    byte[] own = Arrays.copyOfRange(record.payload(), line.offset(), line.offset() + line.length());
    return new ReceivedRecord(record.origin(), record.format(), record.lineNo(), own);
  }

  private void handle(
      LineResult result, ReceivedRecord own, Context context, Collector<ReceivedLine> out) {
    if (result.line().isPresent()) {
      InvoiceLine line = result.line().get();
      read.inc();
      out.collect(ReceivedLine.of(line, own));
    } else {
      reject(own, result.violations(), context);
    }
  }

  private void reject(ReceivedRecord record, List<Violation> violations, Context context) {
    rejected.inc();
    for (Violation violation : violations) {
      Counter counter = rejectedByRule.get(violation.rule());
      if (counter != null) {
        counter.inc();
      }
    }
    context.output(REJECTED, new Rejection(record, violations));
  }

  /** Rows of one file follow each other, so remembering one parser is enough. */
  private CsvRowParser csvParser(String format) {
    CsvRowParser parser = csvParser;
    if (parser == null || !format.equals(csvFormat)) {
      parser = new CsvRowParser(CsvDialect.parse(format));
      csvParser = parser;
      csvFormat = format;
    }
    return parser;
  }
}
