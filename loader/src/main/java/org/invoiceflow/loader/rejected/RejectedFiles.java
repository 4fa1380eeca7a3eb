package org.invoiceflow.loader.rejected;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.model.Gunzip;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Files of {@code rejected/}: one file, or every file below a folder, on this machine or on S3, in
 * the order of their names. Passed over are names that begin with {@code _} or {@code .}, which
 * programs keep their unfinished files under.
 */
public final class RejectedFiles {

  /** Begins the address of a folder on S3. */
  public static final String S3 = "s3://";

  /** Takes the lines of the files one by one. */
  interface LineConsumer {
    /**
     * @param place file and number of the line, for people
     */
    void accept(String line, String place) throws IOException;
  }

  private interface Opening {
    InputStream open() throws IOException;
  }

  private record NamedFile(String name, Opening opening) {}

  private final List<NamedFile> files;

  private RejectedFiles(List<NamedFile> files) {
    this.files = List.copyOf(files);
  }

  /**
   * Lists what lies in a folder of this machine.
   *
   * @throws InputException if there is nothing
   */
  public static RejectedFiles below(Path from) throws InputException {
    try (Stream<Path> all = Files.walk(from)) {
      return of(
          from.toString(),
          all.filter(Files::isRegularFile)
              .filter(path -> isVisible(from.relativize(path).toString()))
              .sorted()
              .map(path -> new NamedFile(path.toString(), () -> Files.newInputStream(path)))
              .toList());
    } catch (NoSuchFileException e) {
      throw new InputException("There is no file or folder " + from + ".", e);
    } catch (IOException e) {
      throw new InputException("Reading " + from + " failed: " + e + ".", e);
    }
  }

  /**
   * Lists what lies on S3.
   *
   * @param from {@code s3://bucket/folder/} or the address of one file
   * @throws InputException if this is no address on S3, or if there is nothing
   * @throws StoreException if S3 cannot be reached or refuses
   */
  public static RejectedFiles onS3(S3Client s3, String from) throws IOException {
    String address = from.substring(S3.length());
    int slash = address.indexOf('/');
    if (!from.startsWith(S3) || slash < 1) {
      throw new InputException("'" + from + "' is no folder; it looks like s3://BUCKET/rejected/.");
    }
    String bucket = address.substring(0, slash);
    String prefix = address.substring(slash + 1);
    String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    List<NamedFile> found = new ArrayList<>();
    try {
      for (S3Object object :
          s3.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).contents()) {
        String key = object.key();
        boolean below = key.startsWith(folder) && isVisible(key.substring(folder.length()));
        if ((below || key.equals(prefix)) && !key.endsWith("/")) {
          found.add(
              new NamedFile(
                  S3 + bucket + "/" + key, () -> s3.getObject(r -> r.bucket(bucket).key(key))));
        }
      }
    } catch (SdkException e) {
      throw new StoreException("Listing " + from + " failed: " + e.getMessage(), e);
    }
    return of(from, found);
  }

  private static RejectedFiles of(String from, List<NamedFile> files) throws InputException {
    if (files.isEmpty()) {
      throw new InputException(
          "There is no file below "
              + from
              + "; if nothing was rejected, the folder does not exist.");
    }
    return new RejectedFiles(files);
  }

  private static boolean isVisible(String path) {
    return Stream.of(path.split("[/\\\\]"))
        .noneMatch(name -> name.startsWith("_") || name.startsWith("."));
  }

  void forEachLine(LineConsumer consumer) throws IOException {
    for (NamedFile file : files) {
      try (InputStream in = file.opening().open();
          BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(unpacked(file, in), StandardCharsets.UTF_8))) {
        long number = 0;
        Optional<String> line = Optional.ofNullable(lines.readLine());
        while (line.isPresent()) {
          number++;
          consumer.accept(line.get(), file.name() + " line " + number);
          line = Optional.ofNullable(lines.readLine());
        }
      } catch (InputException e) {
        throw e;
      } catch (IOException | SdkException e) {
        throw new StoreException("Reading " + file.name() + " failed: " + e.getMessage() + ".", e);
      }
    }
  }

  private static InputStream unpacked(NamedFile file, InputStream in) throws IOException {
    if (!file.name().endsWith(".gz")) {
      return in;
    }
    try {
      return Gunzip.of(in, 1 << 16);
    } catch (IOException e) {
      throw new InputException(file.name() + " is no gzip file: " + e.getMessage() + ".", e);
    }
  }
}
