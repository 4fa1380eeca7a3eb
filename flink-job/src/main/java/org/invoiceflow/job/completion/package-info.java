/** How a bounded run says that it is done. */
@NullMarked
package org.invoiceflow.job.completion;

import org.jspecify.annotations.NullMarked;
