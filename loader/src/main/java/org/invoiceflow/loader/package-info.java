/** The command line: reads options, runs a command, says in one sentence what went wrong. */
@NullMarked
package org.invoiceflow.loader;

import org.jspecify.annotations.NullMarked;
