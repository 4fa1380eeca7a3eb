package org.invoiceflow.job.sources;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.invoiceflow.job.intake.ReceivedRecord;

/** The records of one file, in their order. One thread. */
interface RecordReader extends Closeable {

  /**
   * The next record, or empty at the end.
   *
   * @throws UnreadableFileException if nothing more can be read because of what the file holds
   * @throws IOException if reading failed and may work another time
   */
  Optional<ReceivedRecord> next() throws IOException;

  /** Opens files; travels to the tasks. */
  @FunctionalInterface
  interface Factory extends Serializable {

    /**
     * @throws UnreadableFileException if nothing can be read because of what the file holds
     * @throws IOException if reading failed and may work another time
     */
    RecordReader open(Path file) throws IOException;
  }
}
