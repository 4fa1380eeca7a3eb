package org.invoiceflow.loader.send;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.invoiceflow.loader.input.InvoiceInput;
import org.invoiceflow.loader.input.LineSource;
import org.invoiceflow.loader.input.SourceLine;
import org.invoiceflow.loader.profile.Profile;
import org.invoiceflow.loader.profile.Profiler;
import org.invoiceflow.model.CsvOptions;

/** Reads and checks everything as a run does, and sends nothing. */
public final class DryRun {

  private DryRun() {}

  /**
   * @param rejects where the lines are written that the loader would refuse; nowhere if absent
   * @param listener hears how they are read
   * @throws org.invoiceflow.loader.input.InputException if the input cannot be used
   * @throws OutputException if the rejects file cannot be written
   */
  public static Profile of(
      InvoiceInput input, CsvOptions csv, Optional<Path> rejects, SendListener listener)
      throws IOException {
    if (rejects.isPresent()) {
      OutputFiles.requireApart(input, rejects.get(), Optional.empty());
    }
    Profiler profiler = new Profiler();
    try (LineSource lines = input.lines(csv)) {
      listener.reading(input.name(), lines);
      if (rejects.isEmpty()) {
        for (Optional<SourceLine> l = lines.next(); l.isPresent(); l = lines.next()) {
          profiler.look(l.get());
        }
        return profiler.profile();
      }
      try (RejectsFile file = RejectsFile.at(rejects.get())) {
        for (Optional<SourceLine> l = lines.next(); l.isPresent(); l = lines.next()) {
          profiler.look(l.get());
          if (l.get().result().line().isEmpty()) {
            file.write(l.get(), Reason.of(l.get().result()));
          }
        }
      }
    }
    return profiler.profile();
  }
}
