package org.invoiceflow.local.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.invoiceflow.local.console.CommandException;

/** Finds out before the run whether what it is asked to write can be written after it. */
final class Outputs {

  private Outputs() {}

  static void check(DemoOptions options) throws CommandException {
    if (options.report().isPresent()) {
      checkReport(options.report().get());
    }
    if (options.export().isPresent()) {
      checkExport(options.export().get());
    }
  }

  private static void checkReport(Path report) throws CommandException {
    if (Files.isDirectory(report)) {
      throw CommandException.usage("The report " + report + " is a folder; name a file.");
    }
    Optional<Path> folder = Optional.ofNullable(report.toAbsolutePath().getParent());
    if (folder.isPresent() && !Files.isDirectory(folder.get())) {
      throw CommandException.usage(
          "The report " + report + " cannot be written: there is no folder " + folder.get() + ".");
    }
    if (!Files.isWritable(Files.exists(report) ? report : folder.orElse(report))) {
      throw CommandException.usage("You may not write the report " + report + ".");
    }
  }

  /** Folders that do not exist are made when the export is written. */
  private static void checkExport(Path export) throws CommandException {
    Path existing = export.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw CommandException.usage(
          "The export folder " + export + " cannot be: " + existing + " is a file.");
    }
    if (!Files.isWritable(existing)) {
      throw CommandException.usage("You may not write into the folder " + existing + ".");
    }
  }
}
