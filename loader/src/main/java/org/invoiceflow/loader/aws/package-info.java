/** How the command line reaches AWS. */
@NullMarked
package org.invoiceflow.loader.aws;

import org.jspecify.annotations.NullMarked;
