package org.invoiceflow.loader.rejected;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.send.OutputException;
import org.invoiceflow.loader.send.Reason;

/**
 * The two files that a person mends rejected lines with, in UTF-8: JSON Lines with a draft a line,
 * which is sent when it is mended, and a CSV file with a row for each broken rule, which says what
 * to mend, where the line came from, and how it read.
 */
final class MendingFiles implements Closeable {

  static final String HEADER =
      "line,rule,field,message,invoice_no,line_no,source,position,received_at,row,row_base64";

  private static final String ENDING = ".jsonl";

  private final Path reasonsPath;
  private final BufferedWriter drafts;
  private final BufferedWriter reasons;
  private long lines;

  private MendingFiles(Path reasonsPath, BufferedWriter drafts, BufferedWriter reasons) {
    this.reasonsPath = reasonsPath;
    this.drafts = drafts;
    this.reasons = reasons;
  }

  /**
   * @throws InputException if one of the files exists: somebody may have mended lines in it
   */
  static MendingFiles create(Path draftsPath) throws IOException {
    Path reasonsPath = reasonsFor(draftsPath);
    BufferedWriter drafts = writer(draftsPath);
    try {
      BufferedWriter reasons = writer(reasonsPath);
      reasons.write(HEADER + "\n");
      return new MendingFiles(reasonsPath, drafts, reasons);
    } catch (IOException e) {
      drafts.close();
      Files.delete(draftsPath);
      throw e;
    }
  }

  private static Path reasonsFor(Path draftsPath) throws InputException {
    String name = String.valueOf(draftsPath.getFileName());
    if (!name.endsWith(ENDING)) {
      throw new InputException("The file " + draftsPath + " must end in " + ENDING + ".");
    }
    return draftsPath.resolveSibling(
        name.substring(0, name.length() - ENDING.length()) + ".reasons.csv");
  }

  private static BufferedWriter writer(Path path) throws IOException {
    try {
      return new BufferedWriter(
          new OutputStreamWriter(
              Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              StandardCharsets.UTF_8));
    } catch (FileAlreadyExistsException e) {
      throw new InputException(
          path + " exists and may hold lines that were mended; name another file with --out.", e);
    } catch (IOException e) {
      throw new OutputException("Writing " + path + " failed: " + e + ".", e);
    }
  }

  Path reasons() {
    return reasonsPath;
  }

  void write(Drafts.Draft draft) throws OutputException {
    try {
      String line = "";
      if (draft.json().isPresent()) {
        lines++;
        line = Long.toString(lines);
        drafts.write(draft.json().get() + "\n");
      }
      RejectedRecord record = draft.record();
      String readersNumber = record.lineNo() == 0 ? "" : Integer.toString(record.lineNo());
      for (Reason reason : record.reasons()) {
        List<String> fields =
            List.of(
                line,
                reason.rule(),
                reason.field(),
                reason.message(),
                draft.invoiceNo(),
                draft.lineNo().isEmpty() ? readersNumber : draft.lineNo(),
                record.source(),
                record.position(),
                record.receivedAt(),
                draft.text(),
                record.base64().orElse(""));
        reasons.write(
            fields.stream().map(MendingFiles::field).collect(Collectors.joining(",")) + "\n");
      }
    } catch (IOException e) {
      throw new OutputException("Writing beside " + reasonsPath + " failed: " + e + ".", e);
    }
  }

  @Override
  public void close() throws OutputException {
    try (drafts;
        reasons) {
      drafts.flush();
      reasons.flush();
    } catch (IOException e) {
      throw new OutputException("Writing beside " + reasonsPath + " failed: " + e + ".", e);
    }
  }

  private static String field(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
