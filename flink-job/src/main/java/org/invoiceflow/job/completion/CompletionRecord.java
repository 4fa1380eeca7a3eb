package org.invoiceflow.job.completion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.flink.api.common.io.FinalizeOnMaster;
import org.apache.flink.api.common.io.OutputFormat;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The last thing that a bounded run does: when every task has ended, and with it every sink's last
 * commit, the job manager writes {@code runs/RUN_ID.json} below the lake's root. Whoever waits for
 * the run looks for this object; that the application has stopped proves nothing, because one that
 * was stopped by hand has done so too. If the record cannot be written the job fails and starts
 * again, which changes neither views nor warehouse; an import writes its {@code raw/}, {@code
 * rejected/} and {@code duplicates/} once more.
 *
 * <p>For BATCH runs: a streaming one that is stopped with a savepoint ends like one that is done.
 *
 * <p>As an output format it takes any stream and writes none of it: Flink finishes output formats
 * on the job manager, and nothing else in its public interface is called there after all sinks.
 *
 * @param <T> type of the stream that it hangs on
 */
public final class CompletionRecord<T> implements OutputFormat<T>, FinalizeOnMaster {

  private static final long serialVersionUID = 1L;

  /** Folder of the records below the lake's root. */
  public static final String FOLDER = "runs";

  private static final JsonFactory JSON = new JsonFactory();

  private final String lakeRoot;
  private final String runId;
  private final String mode;
  private final String source;

  private CompletionRecord(String lakeRoot, String runId, String mode, String source) {
    this.lakeRoot = lakeRoot;
    this.runId = runId;
    this.mode = mode;
    this.source = source;
  }

  /**
   * @param lakeRoot without a slash at its end
   * @param runId name of the run, of characters that can stand in a file's name
   * @param mode what the run does, as configured
   * @param source what the run reads
   */
  public static <T> CompletionRecord<T> of(
      String lakeRoot, String runId, String mode, String source) {
    return new CompletionRecord<>(lakeRoot, runId, mode, source);
  }

  @Override
  public void configure(Configuration parameters) {
    // All is known from the start.
  }

  @Override
  public void open(InitializationContext context) {
    // Nothing is open while the run goes on.
  }

  @Override
  public void writeRecord(T element) {
    // Only the end counts.
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  @Override
  public void finalizeGlobal(FinalizationContext context) throws IOException {
    Path path = new Path(lakeRoot + "/" + FOLDER + "/" + runId + ".json");
    try (OutputStream out = path.getFileSystem().create(path, FileSystem.WriteMode.OVERWRITE);
        JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("run_id", runId);
      json.writeStringField("mode", mode);
      json.writeStringField("source", source);
      json.writeStringField(
          "finished_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      json.writeEndObject();
    }
  }
}
