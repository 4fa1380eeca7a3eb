package org.invoiceflow.job;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.intake.ReceivedRecordCodec;
import org.invoiceflow.job.serialization.CodecTypeInfo;
import org.invoiceflow.job.sources.InvoiceFiles;
import org.invoiceflow.job.sources.KinesisRecords;
import org.invoiceflow.job.sources.RawFiles;

/**
 * Chooses the source that a configuration names. No source makes watermarks: nothing in the graph
 * leans on event time.
 */
final class RecordSources {

  private RecordSources() {}

  static DataStream<ReceivedRecord> of(StreamExecutionEnvironment env, JobConfig config) {
    switch (config.mode()) {
      case STREAM:
        return Operators.SOURCE_STREAM.on(kinesis(env, config));
      case IMPORT:
        return files(
            env,
            InvoiceFiles.source(config.inputPath(), config.csvOptions()),
            Operators.SOURCE_FILES);
      case REPLAY:
      default:
        return files(env, RawFiles.source(config.inputPath()), Operators.SOURCE_RAW);
    }
  }

  @SuppressWarnings("deprecation") // KinesisRecords says why the source is of the older kind.
  private static org.apache.flink.streaming.api.datastream.DataStreamSource<ReceivedRecord> kinesis(
      StreamExecutionEnvironment env, JobConfig config) {
    return env.addSource(
        KinesisRecords.source(config.stream().orElseThrow()),
        CodecTypeInfo.using(ReceivedRecordCodec.class));
  }

  private static DataStream<ReceivedRecord> files(
      StreamExecutionEnvironment env, Source<ReceivedRecord, ?, ?> source, Operators operator) {
    return operator.on(
        env.fromSource(
            source,
            WatermarkStrategy.noWatermarks(),
            operator.displayName(),
            CodecTypeInfo.using(ReceivedRecordCodec.class)));
  }
}
