/** How requests to the API prove who sends them. */
@NullMarked
package org.invoiceflow.loader.auth;

import org.jspecify.annotations.NullMarked;
