package org.invoiceflow.loader;

/** What the process ends with. Part of the contract: scripts depend on it. */
final class ExitCode {

  static final int OK = 0;
  static final int SOME_REJECTED = 1;
  static final int BAD_USAGE = 2;
  static final int GAVE_UP = 3;
  static final int OWN_FAILURE = 4;

  /** For the foot of every help page. */
  static final String[] HELP = {
    "0:Everything was done; all lines were accepted.",
    "1:Done, but some lines were rejected; the rejects file names them.",
    "2:Bad usage, or the file cannot be read.",
    "3:Gave up: the service cannot be reached or refused to work.",
    "4:A file that the loader writes cannot be written, or the loader itself failed."
  };

  private ExitCode() {}
}
