package dev.pgbound.engine.plan;

import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Impact;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a run would do, as data: it can be shown, saved and carried out later.
 *
 * @param file the migration file as the user gave it
 * @param changes every resource, unchanged ones too, in the order of execution
 * @param refusals why apply would not begin; empty when it would
 * @param kept objects that stay although the file no longer has them
 * @param tables what it means for the tables of the source; empty when no catalog names them
 */
public record Plan(
    String migration,
    String file,
    Account account,
    Goal goal,
    List<ResourceChange> changes,
    StepGraph steps,
    List<Refusal> refusals,
    List<Kept> kept,
    Optional<TablePlan> tables) {

  /** What a plan wants to reach. */
  public enum Goal {
    /** What the file declares. */
    CONVERGE,
    /** Nothing of the migration is left. */
    DESTROY
  }

  /** A reason not to begin, with what to do about it. */
  public record Refusal(String code, Address address, String text) {}

  /** An object that the file no longer has, and how to let it go. */
  public record Kept(Address address, String identifier, String text) {}

  public Plan {
    changes = List.copyOf(changes);
    refusals = List.copyOf(refusals);
    kept = List.copyOf(kept);
  }

  /** Whether there is anything to do. */
  public boolean hasChanges() {
    return changes.stream().anyMatch(ResourceChange::isChange);
  }

  public int count(Action action) {
    return Math.toIntExact(changes.stream().filter(c -> c.action() == action).count());
  }

  public Optional<ResourceChange> change(Address address) {
    return changes.stream().filter(change -> change.address().equals(address)).findFirst();
  }

  /** The worst impact of all changes. */
  public Impact worst() {
    return changes.stream()
        .filter(ResourceChange::isChange)
        .map(ResourceChange::impact)
        .reduce(Impact.NONE, Impact::worse);
  }
}
