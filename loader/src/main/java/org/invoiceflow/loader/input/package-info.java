/** Reads the files that users hand to the loader: packed or not, CSV or JSON Lines. */
@NullMarked
package org.invoiceflow.loader.input;

import org.jspecify.annotations.NullMarked;
