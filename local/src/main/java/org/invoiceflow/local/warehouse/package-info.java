/** What the job's warehouse load needs to load into PostgreSQL, Redshift's stand-in. */
@NullMarked
package org.invoiceflow.local.warehouse;

import org.jspecify.annotations.NullMarked;
