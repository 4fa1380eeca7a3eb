package org.invoiceflow.local.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.job.intake.Rejection;
import org.invoiceflow.job.lake.LakeJson;
import org.invoiceflow.model.Violation;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The rejections in {@code rejected/}: how many broke which rule, and the latest ones. Counts each
 * object once, as a whole: one whose reading breaks off is read again. One thread at a time.
 */
final class RejectedLake {

  /** How many of the latest rejections are kept. */
  static final int KEPT = 50;

  /**
   * @param byRule rejections that broke each rule; one that broke several counts for each
   * @param latest newest first
   */
  record Found(long count, Map<String, Long> byRule, List<Rejection> latest) {
    static final Found NOTHING = new Found(0, Map.of(), List.of());
  }

  private final S3Client s3;
  private final String bucket;
  private final Set<String> read = new HashSet<>();
  private final Tally all = new Tally();

  RejectedLake(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  Found refresh() throws IOException {
    List<String> fresh =
        s3
            .listObjectsV2Paginator(request -> request.bucket(bucket).prefix("rejected/"))
            .contents()
            .stream()
            .map(S3Object::key)
            .filter(key -> key.endsWith(".gz") && !key.contains("/_") && !read.contains(key))
            .toList();
    for (String key : fresh) {
      read(key);
    }
    return all.found();
  }

  private void read(String key) throws IOException {
    Tally object = new Tally();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(s3.getObject(r -> r.bucket(bucket).key(key))),
                StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        object.add(LakeJson.readRejection(line.getBytes(StandardCharsets.UTF_8)));
      }
    } catch (NoSuchKeyException e) {
      // A writer has moved it between the list and the read: the next look finds it again.
      return;
    }
    all.add(object);
    read.add(key);
  }

  private static final class Tally {
    private final Map<String, Long> byRule = new TreeMap<>();

    /** Newest first. */
    private final Deque<Rejection> latest = new ArrayDeque<>();

    private long count;

    void add(Rejection rejection) {
      count++;
      rejection.violations().stream()
          .map(Violation::rule)
          .distinct()
          .forEach(rule -> byRule.merge(rule.name(), 1L, Long::sum));
      keep(rejection);
    }

    void add(Tally later) {
      count += later.count;
      later.byRule.forEach((rule, lines) -> byRule.merge(rule, lines, Long::sum));
      later.latest.descendingIterator().forEachRemaining(this::keep);
    }

    private void keep(Rejection rejection) {
      latest.addFirst(rejection);
      if (latest.size() > KEPT) {
        latest.removeLast();
      }
    }

    Found found() {
      return new Found(count, Map.copyOf(byRule), List.copyOf(latest));
    }
  }
}
