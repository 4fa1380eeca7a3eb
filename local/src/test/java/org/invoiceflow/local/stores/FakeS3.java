package org.invoiceflow.local.stores;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One bucket in memory that lists two objects a page and remembers what was read. */
public final class FakeS3 implements S3Client {

  public static final String BUCKET = "lake";
  private static final int PAGE = 2;

  private final TreeMap<String, byte[]> objects = new TreeMap<>();
  private final Set<String> moving = ConcurrentHashMap.newKeySet();
  private final Set<String> breaking = ConcurrentHashMap.newKeySet();
  final List<String> read = Collections.synchronizedList(new ArrayList<>());

  /** Stores lines of text, packed if the key says so. */
  public void put(String key, String... lines) {
    byte[] plain = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    objects.put(key, key.endsWith(".gz") ? packed(plain) : plain);
  }

  void putBytes(String key, byte[] bytes) {
    objects.put(key, bytes);
  }

  /** The next read of this object, which is listed, does not find it. */
  void moves(String key) {
    moving.add(key);
  }

  /** The next read of this object breaks off after half of its bytes. */
  public void breaks(String key) {
    breaking.add(key);
  }

  private static byte[] packed(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    String after =
        request.continuationToken() == null ? request.prefix() : request.continuationToken();
    List<S3Object> page = new ArrayList<>();
    boolean more = false;
    for (Map.Entry<String, byte[]> object : objects.tailMap(after, after.isEmpty()).entrySet()) {
      if (!object.getKey().startsWith(request.prefix())) {
        continue;
      }
      if (page.size() == PAGE) {
        more = true;
        break;
      }
      page.add(
          S3Object.builder().key(object.getKey()).size((long) object.getValue().length).build());
    }
    return ListObjectsV2Response.builder()
        .contents(page)
        .isTruncated(more)
        .nextContinuationToken(more ? page.get(PAGE - 1).key() : null)
        .build();
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
    if (moving.remove(request.key())) {
      throw NoSuchKeyException.builder().message("moved").build();
    }
    read.add(request.key());
    byte[] whole = objects.get(request.key());
    byte[] content =
        breaking.remove(request.key()) ? Arrays.copyOf(whole, whole.length / 2) : whole;
    return new ResponseInputStream<>(
        GetObjectResponse.builder().contentLength((long) content.length).build(),
        AbortableInputStream.create(new ByteArrayInputStream(content)));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
