/** The part of IAM that a migration's roles need, and what other services see of it. */
@NullMarked
package dev.pgbound.simulator.service.iam;

import org.jspecify.annotations.NullMarked;
