/** The stand-ins for Kinesis, DynamoDB, S3 and Redshift that run on this machine. */
@NullMarked
package org.invoiceflow.local.standin;

import org.jspecify.annotations.NullMarked;
