/** Lines and stores for the tests of the other packages. */
@NullMarked
package org.invoiceflow.job.testing;

import org.jspecify.annotations.NullMarked;
