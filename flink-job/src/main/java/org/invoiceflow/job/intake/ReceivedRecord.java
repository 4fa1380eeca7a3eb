package org.invoiceflow.job.intake;

/**
 * One record as it was received, before anything is known of its content: a Kinesis record, a row
 * of a CSV file, a line of a JSON Lines file. Holds all that is needed to send it through the graph
 * again. The payload is not copied; nobody changes it.
 */
public final class ReceivedRecord {

  /** {@link #lineNo()} of a record whose lines carry their own numbers. */
  public static final int NO_LINE_NO = 0;

  /** {@link #format()} of row JSON; any other format is the text form of a {@code CsvDialect}. */
  public static final String JSON = "json";

  private final Origin origin;
  private final String format;
  private final int lineNo;
  private final byte[] payload;

  /**
   * @param format {@link #JSON} or the text form of the CSV dialect of which the payload is one row
   * @param lineNo the LineNo that the reader of a CSV file assigned, or {@link #NO_LINE_NO}
   */
  public ReceivedRecord(Origin origin, String format, int lineNo, byte[] payload) {
    this.origin = origin;
    this.format = format;
    this.lineNo = lineNo;
    this.payload = payload;
  }

  public Origin origin() {
    return origin;
  }

  public String format() {
    return format;
  }

  public int lineNo() {
    return lineNo;
  }

  public byte[] payload() {
    return payload;
  }
}
