/** Holds what the documentation says to the code, the stores and the Terraform modules. */
@NullMarked
package org.invoiceflow.local.docs;

import org.jspecify.annotations.NullMarked;
