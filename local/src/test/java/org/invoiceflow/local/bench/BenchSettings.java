package org.invoiceflow.local.bench;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What the caller chose, and where things are.
 *
 * @param root the checkout
 * @param folder for files of this run; deleted at its end
 * @param rounds how often each variant is measured, at least 1
 * @param lines how many of the input's lines are used; all if empty
 */
public record BenchSettings(Path root, Path folder, int rounds, OptionalInt lines) {}
