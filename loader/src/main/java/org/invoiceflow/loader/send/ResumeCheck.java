package org.invoiceflow.loader.send;

import java.nio.file.Path;
import org.invoiceflow.loader.input.InputException;

/** Refuses to go on with anything but the run that the progress file tells of. */
final class ResumeCheck {

  private static final String WAY_OUT = " Send it from its start, without --resume; that is safe.";

  private final Path file;
  private final ResumePoint point;

  ResumeCheck(Path file, ResumePoint point) {
    this.file = file;
    this.point = point;
  }

  void isOf(String name, String format, String url, String rejects) throws InputException {
    if (!point.name().equals(name)) {
      throw new InputException(
          "%s is about %s, not about %s.%s".formatted(file, point.name(), name, WAY_OUT));
    }
    if (!point.url().equals(url)) {
      throw new InputException(
          "%s is about lines that went to %s, not to %s.%s"
              .formatted(file, point.url(), url, WAY_OUT));
    }
    if (!point.format().equals(format)) {
      throw new InputException(
          ("Earlier %s was read as %s, now as %s, which could number its lines differently; give the"
                  + " same options, or do without --resume.")
              .formatted(name, point.format(), format));
    }
    if (!point.rejects().path().equals(rejects)) {
      throw new InputException(
          "Earlier rejected lines went to %s, now they would go to %s; give the same --rejects."
              .formatted(point.rejects().path(), rejects));
    }
  }

  void hasContent(String mark) throws InputException {
    if (!point.content().equals(mark)) {
      throw new InputException(
          "%s is not what it was when %s was written.%s".formatted(point.name(), file, WAY_OUT));
    }
  }
}
