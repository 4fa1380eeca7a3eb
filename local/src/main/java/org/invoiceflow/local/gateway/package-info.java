/** The HTTP gateway in front of the Lambda handlers, as API Gateway is in AWS. */
@NullMarked
package org.invoiceflow.local.gateway;

import org.jspecify.annotations.NullMarked;
