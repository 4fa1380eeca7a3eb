package org.invoiceflow.local.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Which state of the project a run has tried. */
final class Commit {

  private static final String UNKNOWN = "unknown";

  private Commit() {}

  /** Short hash of the checked out commit, with {@code +} if files differ from it. */
  static String of(Path root) throws IOException {
    String hash = git(root, "rev-parse", "--short=10", "HEAD");
    // The suite itself writes into docs/.
    boolean changed = !git(root, "status", "--porcelain", "--", ".", ":!docs").isEmpty();
    return hash.isEmpty() ? UNKNOWN : changed ? hash + "+" : hash;
  }

  private static String git(Path root, String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process git =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? answer.strip() : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
