package org.invoiceflow.local.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.job.lake.LakeJson;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.JsonLine;
import org.invoiceflow.model.LineJson;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What a stream's job has really received, in which order: read back from {@code raw/}. */
final class ReceivedBatches {

  private ReceivedBatches() {}

  /** Each file's records, in the order in which one subtask received them. */
  static List<List<List<InvoiceLine>>> read(Endpoints stores) {
    String bucket = stores.s3().bucket();
    try (S3Client s3 = stores.s3().client()) {
      return s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix("raw/")).contents().stream()
          .map(S3Object::key)
          .filter(key -> key.endsWith(".gz") && !key.contains("/_"))
          .map(key -> batches(s3, bucket, key))
          .toList();
    }
  }

  /** How many records came after one with a later line of their invoice. */
  static int outOfOrder(Endpoints stores) {
    return read(stores).stream().mapToInt(Batches::outOfOrder).sum();
  }

  private static List<List<InvoiceLine>> batches(S3Client s3, String bucket, String key) {
    List<List<InvoiceLine>> batches = new ArrayList<>();
    try (BufferedReader records =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(s3.getObject(r -> r.bucket(bucket).key(key))),
                StandardCharsets.UTF_8))) {
      for (String json = records.readLine(); json != null; json = records.readLine()) {
        ReceivedRecord record = LakeJson.readRecord(json.getBytes(StandardCharsets.UTF_8));
        batches.add(
            LineJson.read(record.payload()).lines().stream()
                .map(JsonLine::result)
                .map(result -> result.line().orElseThrow())
                .toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return batches;
  }
}
