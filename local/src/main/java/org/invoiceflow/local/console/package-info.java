/** What the commands of this module share: how they end, what they say, and where logs go. */
@NullMarked
package org.invoiceflow.local.console;

import org.jspecify.annotations.NullMarked;
