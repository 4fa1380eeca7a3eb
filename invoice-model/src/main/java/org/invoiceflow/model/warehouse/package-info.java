/**
 * What stands in the warehouse: its tables, views and users as SQL, in versions that are applied
 * once each.
 */
@NullMarked
package org.invoiceflow.model.warehouse;

import org.jspecify.annotations.NullMarked;
