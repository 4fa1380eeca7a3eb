/** What Terraform brings that is more than a description: does it do what it should? */
@NullMarked
package org.invoiceflow.local.terraform;

import org.jspecify.annotations.NullMarked;
