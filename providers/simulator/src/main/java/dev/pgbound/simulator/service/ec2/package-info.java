/** The part of EC2 that a migration's network needs. */
@NullMarked
package dev.pgbound.simulator.service.ec2;

import org.jspecify.annotations.NullMarked;
