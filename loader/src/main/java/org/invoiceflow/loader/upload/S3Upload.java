package org.invoiceflow.loader.upload;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.invoiceflow.loader.aws.S3Clients;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.SourceFile;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Puts whole files into a bucket. Credentials come from the AWS SDK's default chain. */
public final class S3Upload implements Closeable {

  /** One PUT cannot be larger; the real data set has 45 MB. */
  private static final long MAX_BYTES = 5L << 30;

  private static final String[] CSV_NAMES = {".csv", ".csv.gz"};
  private static final String[] JSON_NAMES = {
    ".jsonl", ".jsonl.gz", ".json", ".json.gz", ".ndjson", ".ndjson.gz"
  };

  private final S3Client s3;

  private S3Upload(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * @param endpoint another S3 than that of AWS, addressed in path style
   * @param region where the bucket is; asked of the AWS SDK's default chain if absent
   * @throws InputException if no region is to be found
   */
  public static S3Upload to(Optional<URI> endpoint, Optional<String> region) throws InputException {
    return new S3Upload(S3Clients.create(endpoint, region));
  }

  /**
   * Puts the file under the prefix, replacing an object of the same name.
   *
   * @return the object's URI, {@code s3://bucket/key}
   * @throws InputException if the import would not read a file of this name or size
   * @throws UploadException if S3 cannot be reached or refuses
   */
  public String put(SourceFile file, String bucket, String prefix) throws IOException {
    requireReadableName(file);
    if (file.size() > MAX_BYTES) {
      throw new InputException(
          file.path() + " is larger than 5 GB, which is S3's limit; split it.");
    }
    String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    String key = folder + file.name();
    try {
      s3.putObject(request -> request.bucket(bucket).key(key), file.path());
    } catch (S3Exception e) {
      throw new UploadException(
          "S3 refused s3://" + bucket + "/" + key + ": " + S3Clients.messageOf(e) + ".", e);
    } catch (SdkException e) {
      throw new UploadException("S3 cannot be reached: " + e.getMessage() + ".", e);
    }
    return "s3://" + bucket + "/" + key;
  }

  @Override
  public void close() {
    s3.close();
  }

  /** The import tells formats and packing by the name. */
  private static void requireReadableName(SourceFile file) throws InputException {
    String name = file.name().toLowerCase(Locale.ROOT);
    if (name.startsWith("_") || name.startsWith(".")) {
      throw new InputException(
          file.path()
              + " would not be read by the import, which passes over names beginning with "
              + name.charAt(0)
              + ".");
    }
    String[] endings = file.isJson() ? JSON_NAMES : CSV_NAMES;
    for (String ending : endings) {
      if (name.endsWith(ending) && ending.endsWith(".gz") == file.isPacked()) {
        return;
      }
    }
    throw new InputException(
        file.path()
            + " would not be read by the import, which goes by names; call it something"
            + endings[file.isPacked() ? 1 : 0]
            + ".");
  }
}
