package org.invoiceflow.job.intake;

import org.jspecify.annotations.Nullable;

/** Where a record came from and when it was received. Immutable. */
public final class Origin {

  private final String source;
  private final String position;
  private final long receivedAtMillis;

  /**
   * @param source {@code kinesis:STREAM}, or the full URI of a file
   * @param position within the source: {@code SHARD/SEQUENCE_NUMBER} of a stream; {@code line N},
   *     {@code whole file}, {@code after line N} or (when the job had to start again) {@code after
   *     record N} of a file
   * @param receivedAtMillis milliseconds since 1970 UTC: arrival in the stream, or the time when
   *     the file was read
   */
  public Origin(String source, String position, long receivedAtMillis) {
    this.source = source;
    this.position = position;
    this.receivedAtMillis = receivedAtMillis;
  }

  public String source() {
    return source;
  }

  /** Last segment of the source's path: of a file, its name. */
  String fileName() {
    return source.substring(source.lastIndexOf('/') + 1);
  }

  public String position() {
    return position;
  }

  public long receivedAtMillis() {
    return receivedAtMillis;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof Origin)) {
      return false;
    }
    Origin that = (Origin) o;
    return receivedAtMillis == that.receivedAtMillis
        && source.equals(that.source)
        && position.equals(that.position);
  }

  @Override
  public int hashCode() {
    return 31 * source.hashCode() + position.hashCode();
  }

  @Override
  public String toString() {
    return source + " " + position;
  }
}
