package org.invoiceflow.job.sources;

import org.apache.flink.connector.file.src.FileSource;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.model.CsvOptions;

/**
 * Files of invoices for a bounded import: CSV with a header ({@code .csv}), of which each row
 * becomes a record, and row JSON, one object or array a line ({@code .jsonl}, {@code .ndjson},
 * {@code .json}), of which each line that is not blank becomes one; either may be gzip-compressed
 * and its name then end in {@code .gz} as well. How a CSV file is written is detected for each file
 * apart; rows are numbered within their invoice over the whole file.
 *
 * <p>A file is read by one reader, in order. What makes a file unreadable as a whole becomes one
 * unreadable record, and the other files go on. Files are listed once, at the start, and handed out
 * in the order of their paths.
 *
 * <p>The path is a file, a folder (every file below it), or a glob such as <code>
 * s3://bucket/import/2011-*&#47;**&#47;x*.csv.gz</code> in the sense of {@link
 * java.nio.file.FileSystem#getPathMatcher}; below the part before the first segment with a glob
 * character, names beginning with {@code _} or {@code .} are passed over.
 */
public final class InvoiceFiles {

  private InvoiceFiles() {}

  /**
   * @param csv what is known of the CSV files; it then holds for all of them
   * @throws IllegalArgumentException with one sentence if the path is none
   */
  public static FileSource<ReceivedRecord> source(String path, CsvOptions csv) {
    return ListedOnce.source(FilePattern.parse(path), new InvoiceFileOpener(csv));
  }

  /**
   * Looks whether there is anything to read; for a main, before it starts the job. The files
   * themselves are not opened.
   *
   * @return the number of files that match now
   * @throws IllegalArgumentException with one sentence if nothing matches or the place cannot be
   *     listed
   */
  public static int check(String path) {
    return ListedOnce.check(FilePattern.parse(path)).size();
  }
}
