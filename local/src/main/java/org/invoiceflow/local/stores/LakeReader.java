package org.invoiceflow.local.stores;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.local.stores.LakeCounts.Folder;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Counts the records and lines in {@code raw/}, {@code rejected/} and {@code duplicates/} of a lake
 * on S3. Remembers the objects that it has counted (they never change once they are visible), so
 * that asking again reads only what is new. One thread at a time.
 */
public final class LakeReader {

  private static final int BUFFER_BYTES = 1 << 16;

  private final S3Client s3;
  private final String bucket;
  private final Counter raw;
  private final Counter rejected;
  private final Counter duplicates;
  private final Findings.Collector findings = new Findings.Collector();

  /**
   * @param root prefix of the lake within the bucket; empty, or with or without a slash at its end
   */
  public LakeReader(S3Client s3, String bucket, String root) {
    String prefix = root.isEmpty() || root.endsWith("/") ? root : root + "/";
    this.s3 = s3;
    this.bucket = bucket;
    this.raw = new Counter(prefix + "raw/");
    this.rejected = new Counter(prefix + "rejected/");
    this.duplicates = new Counter(prefix + "duplicates/");
  }

  /** Counts what has become visible since the last call and returns the sums of all calls. */
  public LakeCounts refresh() {
    return new LakeCounts(
        raw.refresh(), rejected.refresh(), duplicates.refresh(), findings.findings());
  }

  /**
   * Counts these files of {@code raw/}; what {@link #refresh} has counted does not matter.
   *
   * @param keys of objects that exist
   * @return with nothing but {@code raw} and the findings
   */
  public LakeCounts countRaw(Collection<String> keys) {
    Findings.Collector found = new Findings.Collector();
    Queue<Folder> counts = new ConcurrentLinkedQueue<>();
    InParallel.run(keys.stream().<Runnable>map(key -> () -> counts.add(read(key, found))).toList());
    return new LakeCounts(
        counts.stream().reduce(Folder.EMPTY, Folder::plus),
        Folder.EMPTY,
        Folder.EMPTY,
        found.findings());
  }

  /** One folder: what was counted, and the sum. */
  private final class Counter {
    private final String prefix;
    private final Set<String> counted = ConcurrentHashMap.newKeySet();
    private Folder sum = Folder.EMPTY;

    Counter(String prefix) {
      this.prefix = prefix;
    }

    Folder refresh() {
      List<S3Object> fresh =
          s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).stream()
              .flatMap(page -> page.contents().stream())
              .filter(object -> isVisible(object.key()) && !counted.contains(object.key()))
              .toList();
      InParallel.run(fresh.stream().<Runnable>map(object -> () -> count(object)).toList());
      return sum;
    }

    /** What a writer moves between the list and the read is counted by the next call. */
    private void count(S3Object object) {
      Folder counts;
      try {
        counts = read(object.key(), findings);
      } catch (NoSuchKeyException e) {
        return;
      }
      synchronized (this) {
        if (counted.add(object.key())) {
          sum = sum.plus(counts);
        }
      }
    }

    /** Names that begin with an underscore are what failed or unfinished uploads leave behind. */
    private boolean isVisible(String key) {
      String path = key.substring(prefix.length());
      return !path.isEmpty()
          && !path.endsWith("/")
          && Arrays.stream(path.split("/")).noneMatch(name -> name.startsWith("_"));
    }
  }

  private Folder read(String key, Findings.Collector findings) {
    long bytes = 0;
    long records = 0;
    long lines = 0;
    try (ResponseInputStream<GetObjectResponse> in =
            s3.getObject(request -> request.bucket(bucket).key(key));
        BufferedReader reader = reader(in, key.endsWith(".gz"))) {
      bytes = in.response().contentLength();
      String record;
      while ((record = reader.readLine()) != null) {
        records++;
        lines += lines(record, key, records, findings);
      }
    } catch (IOException e) {
      findings.add(key + ": cannot be read after record " + records + ": " + e.getMessage());
    }
    return new Folder(1, bytes, records, lines);
  }

  private static int lines(String record, String key, long number, Findings.Collector findings) {
    try {
      return LakeRecord.lines(record);
    } catch (IOException e) {
      findings.add(key + ", line " + number + ": is no record of the lake: " + e.getMessage());
      return 0;
    }
  }

  private static BufferedReader reader(InputStream bytes, boolean packed) throws IOException {
    InputStream plain = packed ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
    return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), BUFFER_BYTES);
  }
}
