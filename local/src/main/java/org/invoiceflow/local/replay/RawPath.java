package org.invoiceflow.local.replay;

import java.util.List;
import org.invoiceflow.local.console.CommandException;

/**
 * What to replay: a folder, a file or a glob in a bucket.
 *
 * @param text as the user gave it
 * @param bucket name of the bucket
 * @param lakeRoot the folder that holds {@code raw/}, without a slash at its end; the bucket if the
 *     path does not show it
 */
record RawPath(String text, String bucket, String lakeRoot) {

  private static final String SCHEME = "s3://";
  private static final String RAW = "raw";

  static RawPath parse(String text) throws CommandException {
    String rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : "";
    List<String> segments = List.of(rest.split("/", -1));
    String bucket = segments.get(0);
    if (bucket.isEmpty() || segments.size() < 2) {
      throw CommandException.usage(
          "--from is '"
              + text
              + "'; it looks like s3://BUCKET/raw/, s3://BUCKET/raw/ingest_date=2026-11-22/ or a"
              + " glob of such.");
    }
    // A bucket may have that name, too.
    int raw = segments.subList(1, segments.size()).indexOf(RAW);
    String root = raw < 0 ? bucket : String.join("/", segments.subList(0, raw + 1));
    return new RawPath(text, bucket, SCHEME + root);
  }
}
