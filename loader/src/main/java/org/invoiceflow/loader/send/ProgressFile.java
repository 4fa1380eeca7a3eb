package org.invoiceflow.loader.send;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.json.JsonTree;

/**
 * The small JSON file that says how far a run has come. It is replaced as a whole and is on the
 * disk before it is: a reader finds the new content or the one before, never a part. The folder is
 * not synchronized: should a crash of the machine bring back the content before, some lines are
 * sent again, which changes nothing.
 */
final class ProgressFile {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String VERSION = "loaderProgress";
  private static final String VERSION_NUMBER = "1";

  /** As the pretty printer writes it. */
  private static final String BEGINNING = "{" + System.lineSeparator() + "  \"" + VERSION + '"';

  private final Path path;
  private final Path next;

  ProgressFile(Path path) {
    this.path = path;
    this.next = OutputFiles.nextOf(path);
  }

  Path path() {
    return path;
  }

  /**
   * What it says, or empty if it is not there.
   *
   * @throws InputException if something else stands there, or where it is made
   */
  Optional<ResumePoint> read() throws IOException {
    byte[] content;
    try {
      requireBegun();
      content = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw new InputException("Reading the progress file " + path + " failed: " + e + ".", e);
    }
    return Optional.of(
        JsonTree.object(content)
            .flatMap(ProgressFile::point)
            .orElseThrow(
                () ->
                    new InputException(
                        path + " is no progress file; name another one with --progress.")));
  }

  /** A run that is killed while it writes leaves the beginning of a progress file. */
  private void requireBegun() throws IOException {
    if (!Files.exists(next)) {
      return;
    }
    try (InputStream in = Files.newInputStream(next)) {
      String start = new String(in.readNBytes(BEGINNING.length()), StandardCharsets.UTF_8);
      if (!BEGINNING.startsWith(start)) {
        throw new InputException(
            next + " exists and is no progress file; name another one with --progress.");
      }
    }
  }

  void write(ResumePoint point) throws OutputException {
    try {
      try (FileChannel file =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer json = ByteBuffer.wrap(json(point));
        while (json.hasRemaining()) {
          file.write(json);
        }
        file.force(true);
      }
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new OutputException("Writing the progress file " + path + " failed: " + e + ".", e);
    }
  }

  void delete() throws OutputException {
    try {
      Files.deleteIfExists(next);
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new OutputException("Removing the progress file " + path + " failed: " + e + ".", e);
    }
  }

  private static byte[] json(ResumePoint point) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField(VERSION, VERSION_NUMBER);
      json.writeStringField("file", point.name());
      json.writeStringField("content", point.content());
      json.writeStringField("format", point.format());
      json.writeStringField("url", point.url());
      json.writeNumberField("lines", point.counts().lines());
      json.writeNumberField("accepted", point.counts().accepted());
      json.writeNumberField("rejectedByLoader", point.counts().rejectedByLoader());
      json.writeNumberField("rejectedByApi", point.counts().rejectedByApi());
      json.writeObjectFieldStart("rejectedByRule");
      for (Map.Entry<String, Long> rule :
          new TreeMap<>(point.counts().rejectedByRule()).entrySet()) {
        json.writeNumberField(rule.getKey(), rule.getValue());
      }
      json.writeEndObject();
      json.writeStringField("rejects", point.rejects().path());
      write(json, "rows", point.rejects().rows());
      write(json, "drafts", point.rejects().drafts());
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  private static Optional<ResumePoint> point(Map<String, Object> json) {
    if (!VERSION_NUMBER.equals(json.get(VERSION))) {
      return Optional.empty();
    }
    try {
      Map<String, Long> byRule = new TreeMap<>();
      if (json.get("rejectedByRule") instanceof Map<?, ?> rules) {
        rules.forEach((rule, count) -> byRule.put((String) rule, Long.valueOf((String) count)));
      }
      Counts counts =
          new Counts(
              number(json, "accepted"),
              number(json, "rejectedByLoader"),
              number(json, "rejectedByApi"),
              byRule);
      ResumePoint point =
          new ResumePoint(
              text(json, "file"),
              text(json, "content"),
              text(json, "format"),
              text(json, "url"),
              counts,
              new ResumePoint.Rejects(
                  text(json, "rejects"), written(json, "rows"), written(json, "drafts")));
      return counts.lines() == number(json, "lines") ? Optional.of(point) : Optional.empty();
    } catch (IllegalArgumentException | ClassCastException e) {
      return Optional.empty();
    }
  }

  private static void write(JsonGenerator json, String name, ResumePoint.Written file)
      throws IOException {
    json.writeNumberField(name + "Bytes", file.bytes());
    json.writeStringField(name + "Sha256", file.sha256());
  }

  private static ResumePoint.Written written(Map<String, Object> json, String name) {
    return new ResumePoint.Written(number(json, name + "Bytes"), text(json, name + "Sha256"));
  }

  private static long number(Map<String, Object> json, String name) {
    return Long.parseLong(text(json, name));
  }

  private static String text(Map<String, Object> json, String name) {
    if (json.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name);
  }
}
