package org.invoiceflow.local.demo;

import java.nio.file.Path;
import java.util.Optional;
import org.invoiceflow.model.CsvOptions;

/**
 * What a run of the demo is asked for.
 *
 * @param file CSV, plain or gzip
 * @param csv how the file is written, as far as the user said
 * @param mode which way the file takes
 * @param repeat how often the file is sent, from 1
 * @param exit ends when done instead of staying up
 * @param report where the table is written as JSON
 * @param export folder for what the stores hold, as CSV
 * @param endpoints names services that are used in place of the demo's own stand-ins
 * @param createMissing creates stream, tables, bucket and schema also in the services of that file
 * @param port of the gateway, 0 for a free one
 * @param uiPort of Flink's web UI, 0 for a free one
 */
record DemoOptions(
    Path file,
    CsvOptions csv,
    Mode mode,
    int repeat,
    boolean exit,
    Optional<Path> report,
    Optional<Path> export,
    Optional<Path> endpoints,
    boolean createMissing,
    int port,
    int uiPort) {

  /** Which way the file takes. */
  enum Mode {
    /** Loader, gateway, handler, Kinesis, job. */
    STREAM,
    /** A file on S3, read by a bounded run of the same job. */
    IMPORT
  }
}
