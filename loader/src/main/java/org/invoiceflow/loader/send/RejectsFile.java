package org.invoiceflow.loader.send;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.SourceLine;
import org.jspecify.annotations.Nullable;

/**
 * The CSV file with the refused lines, in UTF-8: a row for each broken rule, with the line's number
 * in the source file and the line itself. It exists only if a line was refused; one of an earlier
 * run is removed at the start.
 */
final class RejectsFile implements Closeable {

  static final String HEADER = "file_line,rule,field,message,row";

  private final Path path;
  private @Nullable BufferedWriter out;

  private RejectsFile(Path path) {
    this.path = path;
  }

  /**
   * @throws InputException if another file stands in the way
   */
  static RejectsFile at(Path path) throws IOException {
    if (Files.exists(path)) {
      if (Files.isDirectory(path) || !isOurs(path)) {
        throw new InputException(
            path + " exists and is no rejects file; name another one with --rejects.");
      }
      delete(path);
    }
    return new RejectsFile(path);
  }

  /** {@code FILE.rejects.csv} next to the file, or in the working directory. */
  static Path defaultFor(Path file) {
    String name = file.toAbsolutePath().normalize().getFileName() + ".rejects.csv";
    Path beside = file.resolveSibling(name);
    Path folder = beside.toAbsolutePath().getParent();
    return folder != null && Files.isWritable(folder) ? beside : Path.of(name);
  }

  void write(SourceLine line, List<Reason> reasons) throws OutputException {
    try {
      BufferedWriter to = out;
      if (to == null) {
        // Not Files.newBufferedWriter: that throws on half of a surrogate pair in a message.
        to =
            new BufferedWriter(
                new OutputStreamWriter(Files.newOutputStream(path), StandardCharsets.UTF_8));
        out = to;
        to.write(HEADER + "\n");
      }
      for (Reason reason : reasons) {
        to.write(line.fileLine() + ",");
        to.write(field(reason.rule()) + "," + field(reason.field()) + ",");
        to.write(field(reason.message()) + "," + field(line.row()) + "\n");
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Brings what was written to the disk, so that a run that is stopped leaves whole rows. */
  void flush() throws OutputException {
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The file, if anything was written. */
  Optional<Path> written() {
    return out == null ? Optional.empty() : Optional.of(path);
  }

  @Override
  public void close() throws OutputException {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private OutputException failure(IOException e) {
    return new OutputException("Writing the rejects file " + path + " failed: " + e + ".", e);
  }

  private static void delete(Path path) throws OutputException {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new OutputException("Removing the old rejects file " + path + " failed: " + e + ".", e);
    }
  }

  private static boolean isOurs(Path path) throws IOException {
    byte[] header = (HEADER + "\n").getBytes(StandardCharsets.UTF_8);
    try (var in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(header.length);
      return start.length == 0 || Arrays.equals(start, header);
    }
  }

  private static String field(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
