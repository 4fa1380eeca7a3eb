package org.invoiceflow.loader.input;

import org.invoiceflow.model.LineResult;

/**
 * One line of a file.
 *
 * @param fileLine where it begins, counted from 1 with the header
 * @param row as it stands in the file, without its line end
 * @param result the line, or every rule that it breaks
 */
public record SourceLine(long fileLine, String row, LineResult result) {}
