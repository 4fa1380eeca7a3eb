package org.invoiceflow.local.standin;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A shell that outlives this JVM by a second: when the JVM ends in whatever way, SIGKILL included,
 * its end of the pipe closes, and the shell kills the processes that it was told of and removes the
 * run's folder. PostgreSQL's server, which is nobody's child, it finds by the file that the server
 * keeps in its data folder. It is deaf to the Ctrl-C that reaches all of the terminal's processes.
 * Safe for use by many threads.
 */
final class Janitor implements AutoCloseable {

  // SIGQUIT first: PostgreSQL takes its shared memory along only if it ends by itself.
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      pids=
      while read -r word; do
        if [ "$word" = done ]; then exit 0; fi
        pids="$pids $word"
      done
      for file in "$1"/*/postmaster.pid; do
        if [ -f "$file" ]; then pids="$pids $(head -n 1 "$file")"; fi
      done
      if [ -n "$pids" ]; then
        kill -QUIT $pids 2>/dev/null
        sleep 1
        kill -KILL $pids 2>/dev/null
      fi
      rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }
      """;

  private final Process shell;
  private final Writer pipe;

  Janitor(Path folder) throws IOException {
    this.shell =
        new ProcessBuilder("sh", "-c", SCRIPT, "invoiceflow-janitor", folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    this.pipe = shell.outputWriter(StandardCharsets.US_ASCII);
  }

  /** Adds a process to those that may not outlive this JVM. */
  synchronized void watch(long pid) throws IOException {
    pipe.write(pid + "\n");
    pipe.flush();
  }

  /** Dismisses the shell: nothing is left to clean. */
  @Override
  public synchronized void close() throws IOException {
    try {
      pipe.write("done\n");
      pipe.close();
      shell.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
