/** The web page: which files it consists of, and how they are answered. Holds no data. */
@NullMarked
package org.invoiceflow.query.page;

import org.jspecify.annotations.NullMarked;
