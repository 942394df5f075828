package dev.pgbound.tables;

import dev.pgbound.spi.ResourceType;
import java.util.Collection;

/** A resource type whose resources select tables by table rules: replication tasks. */
public interface TableSelecting extends ResourceType {

  /**
   * What a declared resource says about tables. Never asks AWS.
   *
   * @param all every resource of the file, among them the endpoints that the task refers to
   */
  TableTask tableTask(Declared resource, Collection<Declared> all);
}
