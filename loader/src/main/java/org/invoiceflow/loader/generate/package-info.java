/** Makes invoices of the shape of the public Online Retail data set, as many as one likes. */
@NullMarked
package org.invoiceflow.loader.generate;

import org.jspecify.annotations.NullMarked;
