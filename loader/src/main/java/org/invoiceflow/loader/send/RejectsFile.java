package org.invoiceflow.loader.send;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.SourceLine;

/**
 * What is left of the refused lines: a CSV file in UTF-8 with a row for each broken rule, the
 * line's number in the source file and the line itself, and beside it a JSON Lines file with the
 * drafts of the lines, in the same order, which their sender mends and sends. They exist only if a
 * line was refused. The CSV file of an earlier run is removed at the start; its drafts, which
 * somebody may have mended, are kept under another name. A run that is resumed goes on in both.
 */
final class RejectsFile implements Closeable {

  static final String HEADER = "file_line,rule,field,message,row";

  /** What {@link #drafts} of an earlier run get behind their name, and a number from 2. */
  static final String OLD = ".old";

  private final Path path;
  private final RejectsOutput rows;
  private final RejectsOutput drafts;

  private RejectsFile(Path path, RejectsOutput rows, RejectsOutput drafts) {
    this.path = path;
    this.rows = rows;
    this.drafts = drafts;
  }

  /**
   * New files.
   *
   * @throws InputException if another file stands in the way
   */
  static RejectsFile at(Path path) throws IOException {
    Path drafts = OutputFiles.draftsOf(path);
    requireOurs(path, drafts);
    keepOld(drafts);
    delete(path);
    return new RejectsFile(path, RejectsOutput.create(path), RejectsOutput.create(drafts));
  }

  /**
   * The files as an earlier part of the run had left them when it noted its progress. What it has
   * written after that is cut off, since its lines are sent again.
   *
   * @throws InputException if one of them lacks what was in it then
   */
  static RejectsFile continued(Path path, ResumePoint.Rejects saved) throws IOException {
    Path drafts = OutputFiles.draftsOf(path);
    if (saved.drafts().bytes() == 0 || Files.exists(path)) {
      requireOurs(path, drafts);
    }
    // In this order, for drafts alone would be taken for somebody else's file.
    RejectsOutput draftsOutput = RejectsOutput.continued(drafts, saved.drafts());
    return new RejectsFile(path, RejectsOutput.continued(path, saved.rows()), draftsOutput);
  }

  /** Under the first name that is free, or holds the same. */
  private static void keepOld(Path drafts) throws OutputException {
    if (!Files.exists(drafts)) {
      return;
    }
    try {
      Path old = drafts.resolveSibling(drafts.getFileName() + OLD);
      for (int i = 2; Files.exists(old) && Files.mismatch(drafts, old) >= 0; i++) {
        old = drafts.resolveSibling(drafts.getFileName() + OLD + i);
      }
      Files.move(drafts, old, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new OutputException("Keeping " + drafts + " under another name failed: " + e + ".", e);
    }
  }

  void write(SourceLine line, List<Reason> reasons) throws OutputException {
    if (rows.isEmpty()) {
      rows.write(HEADER + "\n");
    }
    for (Reason reason : reasons) {
      rows.write(
          line.fileLine()
              + ","
              + field(reason.rule())
              + ","
              + field(reason.field())
              + ","
              + field(reason.message())
              + ","
              + field(line.row())
              + "\n");
    }
    drafts.write(line.draft() + "\n");
  }

  /** Hands over what was written, so that a run that is stopped leaves whole rows. */
  void flush() throws OutputException {
    rows.flush();
    drafts.flush();
  }

  /** Hands over what was written, and says what the files hold now. */
  ResumePoint.Rejects flushed() throws OutputException {
    return new ResumePoint.Rejects(
        path.toAbsolutePath().normalize().toString(), rows.flushed(), drafts.flushed());
  }

  /** Brings to the disk what was handed over; on any thread. */
  void force() throws OutputException {
    rows.force();
    drafts.force();
  }

  /** The file, if anything was written. */
  Optional<Path> written() {
    return rows.written();
  }

  /** The drafts, if anything was written. */
  Optional<Path> drafts() {
    return drafts.written();
  }

  @Override
  public void close() throws OutputException {
    rows.close();
    drafts.close();
  }

  private static void delete(Path path) throws OutputException {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new OutputException("Removing the old rejects file " + path + " failed: " + e + ".", e);
    }
  }

  /** Drafts may have been mended into anything, but a run never leaves them without its rows. */
  private static void requireOurs(Path path, Path drafts) throws IOException {
    if (Files.isDirectory(path) || (Files.exists(path) && !isOurs(path))) {
      throw new InputException(
          path + " exists and is no rejects file; name another one with --rejects.");
    }
    if (Files.isDirectory(drafts) || (Files.exists(drafts) && !Files.exists(path))) {
      throw new InputException(
          drafts
              + " exists and is not of an earlier run, since there is no "
              + path
              + "; name another one with --rejects, or move it away.");
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
