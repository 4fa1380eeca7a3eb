package org.invoiceflow.loader.send;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.InvoiceInput;
import org.invoiceflow.loader.input.LineSource;

/**
 * Notes from time to time how far a run has come, and finds out where an earlier one left off. Only
 * lines count that have no unanswered line before them. Used by one thread.
 */
final class RunProgress {

  /**
   * A note takes up to some milliseconds of the disk; what is answered between two notes is sent
   * again after a kill.
   */
  private static final long BETWEEN_NOTES = Duration.ofMillis(250).toNanos();

  private final Optional<ProgressFile> file;
  private final Optional<Content> content;
  private final ResumePoint start;
  private final boolean isResumed;
  private long noted;

  private RunProgress(
      Optional<ProgressFile> file,
      Optional<Content> content,
      ResumePoint start,
      boolean isResumed) {
    this.file = file;
    this.content = content;
    this.start = start;
    this.isResumed = isResumed;
  }

  /**
   * Finds the place to start from, and moves the lines there.
   *
   * @throws InputException if the run is to be resumed, but what is known of it is of another run
   */
  static RunProgress begin(SendOptions options, InvoiceInput input, LineSource lines, Path rejects)
      throws IOException {
    String url = options.endpoint().toString();
    ResumePoint.Rejects noRejects = new ResumePoint.Rejects(absolute(rejects), 0, 0);
    if (options.progress().isEmpty()) {
      ResumePoint start =
          new ResumePoint(input.name(), "", lines.format(), url, Counts.NONE, noRejects);
      return new RunProgress(Optional.empty(), Optional.empty(), start, false);
    }
    ProgressFile file = new ProgressFile(options.progress().get());
    Content content = Content.of(input);
    Optional<ResumePoint> found = file.read();
    if (options.resume() && found.isPresent()) {
      ResumeCheck check = new ResumeCheck(file.path(), found.get());
      check.isOf(input.name(), lines.format(), url, noRejects.path());
      content.skip(lines, found.get().counts().lines());
      check.hasContent(content.mark());
      return new RunProgress(Optional.of(file), Optional.of(content), found.get(), true);
    }
    file.delete();
    ResumePoint start =
        new ResumePoint(input.name(), content.mark(), lines.format(), url, Counts.NONE, noRejects);
    return new RunProgress(Optional.of(file), Optional.of(content), start, false);
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /** What earlier parts of the run have accounted for. */
  Counts before() {
    return start.counts();
  }

  /** The rejects file as earlier parts have left it, or a new one. */
  RejectsFile openRejects(Path path) throws IOException {
    return isResumed ? RejectsFile.continued(path, start.rejects()) : RejectsFile.at(path);
  }

  /** Takes lines that are accounted for, in the order of the file. */
  void settled(Batch batch) {
    content.ifPresent(known -> batch.entries().forEach(entry -> known.pass(entry.line())));
  }

  /** Notes the counts if the last note is old enough. */
  void noteIfDue(Account account, RejectsFile rejects) throws OutputException {
    if (file.isPresent() && System.nanoTime() - noted >= BETWEEN_NOTES) {
      note(account, rejects);
    }
  }

  void note(Account account, RejectsFile rejects) throws OutputException {
    if (file.isPresent() && content.isPresent()) {
      file.get()
          .write(
              new ResumePoint(
                  start.name(),
                  content.get().mark(),
                  start.format(),
                  start.url(),
                  account.counts(),
                  rejects.saved()));
      noted = System.nanoTime();
    }
  }

  /** Every line is accounted for: there is nothing to go on with. */
  void end(RejectsFile rejects) throws OutputException {
    if (file.isPresent()) {
      ResumePoint.Rejects unused = rejects.saved();
      file.get().delete();
    }
  }
}
