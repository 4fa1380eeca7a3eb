/** What a file holds: counts, totals, and what would be rejected. */
@NullMarked
package org.invoiceflow.loader.profile;

import org.jspecify.annotations.NullMarked;
