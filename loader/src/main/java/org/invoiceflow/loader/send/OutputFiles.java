package org.invoiceflow.loader.send;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
