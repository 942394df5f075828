package dev.pgbound.engine.adopt;

import java.util.List;

/**
 * A migration file for what is there.
 *
 * @param migration the name of the migration
 * @param yaml the file
 * @param owned how many objects it takes over
 * @param existing how many it only looks up
 * @param leftOut parts of the setup that it does not have, and why
 */
public record Draft(String migration, String yaml, int owned, int existing, List<String> leftOut) {

  public Draft {
    leftOut = List.copyOf(leftOut);
  }
}
