/** How rejected lines come back: read from the lake, turned into drafts that a person can mend. */
@NullMarked
package org.invoiceflow.loader.rejected;

import org.jspecify.annotations.NullMarked;
