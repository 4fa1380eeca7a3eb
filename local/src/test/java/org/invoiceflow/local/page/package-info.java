/** The page as a person uses it, in a real browser. */
@NullMarked
package org.invoiceflow.local.page;

import org.jspecify.annotations.NullMarked;
