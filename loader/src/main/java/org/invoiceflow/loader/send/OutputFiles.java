package org.invoiceflow.loader.send;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.InvoiceInput;
import org.invoiceflow.loader.input.StandardInput;

/** Where the files that the loader writes about a run lie, unless the user says so. */
public final class OutputFiles {

  private static final String REJECTS = ".rejects.csv";
  private static final String PROGRESS = ".progress.json";

  private OutputFiles() {}

  /** {@code FILE.rejects.csv} next to the file, or in the working directory. */
  static Path rejectsOf(Path file) {
    Path beside = beside(file, REJECTS);
    return isFolderWritable(beside) ? beside : Path.of(nameOf(file) + REJECTS);
  }

  /**
   * {@code FILE.progress.json} next to the file, or in the working directory; nowhere if neither
   * may be written.
   */
  public static Optional<Path> progressOf(Path file) {
    Path beside = beside(file, PROGRESS);
    Path here = Path.of(nameOf(file) + PROGRESS);
    return isFolderWritable(beside)
        ? Optional.of(beside)
        : Optional.of(here).filter(OutputFiles::isFolderWritable);
  }

  /** What stands in these rejects, to be mended: {@code NAME.jsonl} for {@code NAME.csv}. */
  static Path draftsOf(Path rejects) {
    return rejects.resolveSibling(
        String.valueOf(rejects.getFileName()).replaceFirst("\\.csv$", "") + ".jsonl");
  }

  /** Where a progress file is made, before it takes its place. */
  static Path nextOf(Path progress) {
    return progress.resolveSibling(progress.getFileName() + ".new");
  }

  /**
   * @throws InputException if two of the files that a run writes are one, or one of them is what is
   *     to be sent
   */
  static void requireApart(InvoiceInput input, Path rejects, Optional<Path> progress)
      throws IOException {
    Map<String, Path> written = new LinkedHashMap<>();
    written.put("rejects", rejects);
    written.put("drafts", draftsOf(rejects));
    progress.ifPresent(path -> written.put("progress", path));
    progress.ifPresent(path -> written.put("the next progress", nextOf(path)));
    Map<Path, String> taken = new LinkedHashMap<>();
    for (Map.Entry<String, Path> file : written.entrySet()) {
      Path path = file.getValue();
      if (input.isAt(path)) {
        throw new InputException(
            "%s is what is to be sent, and %s would be written there; name another file with %s."
                .formatted(path, file.getKey(), optionOf(file.getKey())));
      }
      String other = taken.put(path.toAbsolutePath().normalize(), file.getKey());
      if (other != null) {
        throw new InputException(
            "%s cannot hold both %s and %s; name another file with %s."
                .formatted(path, other, file.getKey(), optionOf(file.getKey())));
      }
    }
  }

  private static String optionOf(String kind) {
    return kind.endsWith("progress") ? "--progress" : "--rejects";
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(nameOf(file) + ending);
  }

  private static String nameOf(Path file) {
    return file.equals(StandardInput.PATH)
        ? StandardInput.NAME
        : String.valueOf(file.toAbsolutePath().normalize().getFileName());
  }

  private static boolean isFolderWritable(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    return folder != null && Files.isWritable(folder);
  }
}
