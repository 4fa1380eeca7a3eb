package org.invoiceflow.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.invoiceflow.loader.input.StandardInput;
import picocli.CommandLine;

/** The command that continues a run, as it can be pasted into a shell. */
final class ContinueCommand {

  /** Set by the start script: how the user called it. */
  private static final String CALLED = "invoiceflow.loader.command";

  private static final String RESUME = "--resume";
  private static final String SAFE = "[A-Za-z0-9_@%+=:,./-]+";

  private ContinueCommand() {}

  /**
   * @param command the command that runs now
   */
  static String of(CommandLine command) {
    CommandLine root = command;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return of(System.getProperty(CALLED, "loader"), root.getParseResult().originalArgs());
  }

  static String of(String program, List<String> args) {
    List<String> words = new ArrayList<>();
    words.add(program);
    words.addAll(args);
    if (!args.contains(RESUME)) {
      words.add(RESUME);
    }
    String call = words.stream().map(ContinueCommand::quoted).collect(Collectors.joining(" "));
    boolean fromStandardInput = args.contains(StandardInput.PATH.toString());
    return fromStandardInput ? call + "   # with the same standard input, from its start" : call;
  }

  /** For a POSIX shell. */
  private static String quoted(String word) {
    return word.matches(SAFE) ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
