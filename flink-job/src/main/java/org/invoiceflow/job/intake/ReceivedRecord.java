package org.invoiceflow.job.intake;

import java.util.Optional;

/**
 * One record as it was received, before anything is known of its content: a Kinesis record, a row
 * of a CSV file, a line of a JSON Lines file. Holds all that is needed to send it through the graph
 * again. The payload is not copied; nobody changes it.
 */
public final class ReceivedRecord {

  /** {@link #lineNo()} of a record whose lines carry their own numbers. */
  public static final int NO_LINE_NO = 0;

  /** {@link #format()} of row JSON. */
  public static final String JSON = "json";

  /** Begins the {@link #format()} of what a source could not read; the reason follows. */
  private static final String UNREADABLE_PREFIX = "unreadable;";

  private final Origin origin;
  private final String format;
  private final int lineNo;
  private final byte[] payload;

  /**
   * @param format {@link #JSON}, the text form of the CSV dialect of which the payload is one row,
   *     or what {@link #unreadable} makes
   * @param lineNo the LineNo that the reader of a CSV file assigned, or {@link #NO_LINE_NO}
   */
  public ReceivedRecord(Origin origin, String format, int lineNo, byte[] payload) {
    this.origin = origin;
    this.format = format;
    this.lineNo = lineNo;
    this.payload = payload;
  }

  /**
   * What stands for a file, or a part of one, that its source could not turn into records; intake
   * rejects it with the reason.
   *
   * @param reason one sentence: what is wrong and what to do
   * @param beginning the first bytes of what could not be read
   */
  public static ReceivedRecord unreadable(Origin origin, String reason, byte[] beginning) {
    return new ReceivedRecord(origin, UNREADABLE_PREFIX + reason, NO_LINE_NO, beginning);
  }

  public Origin origin() {
    return origin;
  }

  public String format() {
    return format;
  }

  /** Why the source could not read it; empty for every record that is worth parsing. */
  public Optional<String> unreadableReason() {
    return format.startsWith(UNREADABLE_PREFIX)
        ? Optional.of(format.substring(UNREADABLE_PREFIX.length()))
        : Optional.empty();
  }

  public int lineNo() {
    return lineNo;
  }

  public byte[] payload() {
    return payload;
  }
}
