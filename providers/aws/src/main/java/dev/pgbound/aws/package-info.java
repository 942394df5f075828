/** The AWS resource types, over the AWS SDK for Java. */
@NullMarked
package dev.pgbound.aws;

import org.jspecify.annotations.NullMarked;
