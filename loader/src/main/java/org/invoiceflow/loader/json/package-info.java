/** Reads what other programs wrote as JSON: the API's answers, the lines of the lake. */
@NullMarked
package org.invoiceflow.loader.json;

import org.jspecify.annotations.NullMarked;
