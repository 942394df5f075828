/** RDS as far as Aurora PostgreSQL needs it: clusters, instances and the groups they refer to. */
@NullMarked
package dev.pgbound.simulator.service.rds;

import org.jspecify.annotations.NullMarked;
