package org.invoiceflow.loader.warehouse;

import java.util.ArrayList;
import java.util.List;
import org.invoiceflow.loader.aws.S3Clients;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.model.warehouse.WarehouseException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The folder on S3 in which the job stages lines. */
public final class StagingFolder {

  private final S3Client s3;
  private final String bucket;
  private final String prefix;

  private StagingFolder(S3Client s3, String bucket, String prefix) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /**
   * @param uri {@code s3://BUCKET/FOLDER}; the folder is needed, so that no bucket is searched
   *     whole
   */
  public static StagingFolder of(S3Client s3, String uri) throws InputException {
    String path = uri.replaceFirst("^s3[ap]?://", "").replaceFirst("/+$", "");
    int slash = path.indexOf('/');
    if (!uri.matches("s3[ap]?://.*") || slash < 1) {
      throw new InputException(
          "'"
              + uri
              + "' is no staging folder: say s3://BUCKET/FOLDER, as the job's"
              + " warehouse/staging or its lake/root followed by /staging.");
    }
    return new StagingFolder(s3, path.substring(0, slash), path.substring(slash + 1) + "/");
  }

  /** All objects below the folder. */
  public List<StagedObject> list() throws WarehouseException {
    try {
      List<StagedObject> objects = new ArrayList<>();
      s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
          .contents()
          .forEach(
              object ->
                  objects.add(
                      new StagedObject(object.key(), object.size(), object.lastModified())));
      return objects;
    } catch (SdkException e) {
      throw refused("list " + uri(prefix), e);
    }
  }

  /** Removes one object; it is no error if it is gone. */
  public void delete(StagedObject object) throws WarehouseException {
    try {
      s3.deleteObject(request -> request.bucket(bucket).key(object.key()));
    } catch (SdkException e) {
      throw refused("remove " + uri(object.key()), e);
    }
  }

  public String uri(String key) {
    return "s3://" + bucket + "/" + key;
  }

  private static WarehouseException refused(String what, SdkException e) {
    return new WarehouseException(
        e instanceof S3Exception refusal
            ? "S3 refused to " + what + ": " + S3Clients.messageOf(refusal) + "."
            : "S3 cannot be reached to " + what + ": " + e.getMessage() + ".",
        e);
  }
}
