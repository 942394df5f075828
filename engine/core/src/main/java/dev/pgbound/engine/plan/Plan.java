package dev.pgbound.engine.plan;

import dev.pgbound.engine.tables.TablePlan;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Context.Account;
import dev.pgbound.spi.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a run would do, as data: it can be shown, saved and carried out later.
 *
 * @param file the migration file as the user gave it
 * @param changes every resource, unchanged ones too, in the order of execution
 * @param refusals why apply would not begin; empty when it would
 * @param kept objects that stay although the file no longer has them
 * @param neighbours objects in the same setup that are not managed here, and never touched
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
    List<Neighbour> neighbours,
    Optional<TablePlan> tables) {

  /** What a plan wants to reach. */
  public enum Goal {
    /** What the file declares. */
    CONVERGE,
    /** Nothing of the migration is left. */
    DESTROY
  }

  /**
   * A reason not to begin, with what to do about it.
   *
   * @param address what it is about; empty when it is about the plan as a whole
   */
  public record Refusal(String code, Optional<Address> address, String text) {
    /** The code for an impact that nobody allowed. */
    public static final String NOT_ALLOWED = "PLAN-003";

    /** The code for a policy of the file that is not met. */
    public static final String POLICY = "PLAN-030";

    public Refusal(String code, Address address, String text) {
      this(code, Optional.of(address), text);
    }

    /** What it is about, in a word: the address, or {@code plan}. */
    public String subject() {
      return address.map(Address::toString).orElse("plan");
    }
  }

  /** An object that the file no longer has, and how to let it go. */
  public record Kept(Address address, String identifier, String text) {}

  /**
   * An object that is not managed here.
   *
   * @param uses what it uses of the migration
   * @param usedBy what uses it: addresses of the migration, or type and identifier of neighbours
   * @param migration the migration that its tags name
   */
  public record Neighbour(
      String type,
      String identifier,
      List<Address> uses,
      List<String> usedBy,
      Optional<String> migration) {

    public Neighbour {
      uses = List.copyOf(uses);
      usedBy = List.copyOf(usedBy);
    }
  }

  public Plan {
    neighbours = List.copyOf(neighbours);
    changes = List.copyOf(changes);
    refusals = List.copyOf(refusals);
    kept = List.copyOf(kept);
  }

  /** The same plan, refused for further reasons. */
  public Plan refused(List<Refusal> further) {
    List<Refusal> all = new ArrayList<>(refusals);
    all.addAll(further);
    return new Plan(migration, file, account, goal, changes, steps, all, kept, neighbours, tables);
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
