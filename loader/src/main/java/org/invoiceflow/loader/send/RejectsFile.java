package org.invoiceflow.loader.send;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.SourceLine;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the refused lines: a CSV file in UTF-8 with a row for each broken rule, the
 * line's number in the source file and the line itself, and beside it a JSON Lines file with the
 * drafts of the lines, in the same order, which their sender mends and sends. They exist only if a
 * line was refused. The CSV file of an earlier run is removed at the start; its drafts, which
 * somebody may have mended, are kept under another name.
 */
final class RejectsFile implements Closeable {

  static final String HEADER = "file_line,rule,field,message,row";

  /** What {@link #drafts} of an earlier run get behind their name. */
  static final String OLD = ".old";

  private final Path path;
  private final Path draftsPath;
  private @Nullable BufferedWriter out;
  private @Nullable BufferedWriter drafts;

  private RejectsFile(Path path) {
    this.path = path;
    this.draftsPath = draftsFor(path);
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
    keepOld(draftsFor(path));
    return new RejectsFile(path);
  }

  private static Path draftsFor(Path path) {
    return path.resolveSibling(
        String.valueOf(path.getFileName()).replaceFirst("\\.csv$", "") + ".jsonl");
  }

  private static void keepOld(Path drafts) throws IOException {
    if (Files.isDirectory(drafts)) {
      throw new InputException(drafts + " is a folder; name another file with --rejects.");
    }
    if (Files.exists(drafts)) {
      Path old = drafts.resolveSibling(drafts.getFileName() + OLD);
      try {
        Files.move(drafts, old, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new OutputException("Renaming " + drafts + " to " + old + " failed: " + e + ".", e);
      }
    }
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
        to = writer(path);
        out = to;
        to.write(HEADER + "\n");
      }
      for (Reason reason : reasons) {
        to.write(line.fileLine() + ",");
        to.write(field(reason.rule()) + "," + field(reason.field()) + ",");
        to.write(field(reason.message()) + "," + field(line.row()) + "\n");
      }
      BufferedWriter draftsTo = drafts;
      if (draftsTo == null) {
        draftsTo = writer(draftsPath);
        drafts = draftsTo;
      }
      draftsTo.write(line.draft() + "\n");
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Not Files.newBufferedWriter: that throws on half of a surrogate pair in a message. */
  private static BufferedWriter writer(Path path) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(Files.newOutputStream(path), StandardCharsets.UTF_8));
  }

  /** Brings what was written to the disk, so that a run that is stopped leaves whole rows. */
  void flush() throws OutputException {
    try {
      if (out != null) {
        out.flush();
      }
      if (drafts != null) {
        drafts.flush();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The file, if anything was written. */
  Optional<Path> written() {
    return out == null ? Optional.empty() : Optional.of(path);
  }

  /** The drafts, if anything was written. */
  Optional<Path> drafts() {
    return drafts == null ? Optional.empty() : Optional.of(draftsPath);
  }

  @Override
  public void close() throws OutputException {
    try {
      if (out != null) {
        out.close();
      }
      if (drafts != null) {
        drafts.close();
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
