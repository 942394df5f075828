package dev.pgbound.engine.plan;

import dev.pgbound.engine.sections.Resource;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Impact;
import dev.pgbound.spi.SourceRange;
import java.util.List;
import java.util.Optional;

/**
 * What happens to one resource, and why.
 *
 * @param resource what the file declares, references included, as apply resolves them; of an orphan
 *     only the address
 * @param origin who moved; empty where nothing is compared
 * @param impact the worst of the whole change
 * @param impactText the sentence about it; empty for none
 * @param identifier what AWS calls the live object; empty when there is none
 * @param fingerprint digest of the live values that the change was planned against; empty for none
 * @param range where the file declares the resource; empty for an orphan
 */
public record ResourceChange(
    Resource resource,
    Action action,
    Reason reason,
    Optional<Origin> origin,
    List<AttributeChange> changes,
    Impact impact,
    String impactText,
    Optional<String> identifier,
    String fingerprint,
    Optional<SourceRange> range) {

  public ResourceChange {
    changes = List.copyOf(changes);
  }

  public Address address() {
    return resource.address();
  }

  ResourceChange as(Action newAction) {
    return new ResourceChange(
        resource,
        newAction,
        reason,
        origin,
        changes,
        impact,
        impactText,
        identifier,
        fingerprint,
        range);
  }

  /** Whether one of the values that differ belongs to this attribute. */
  boolean changes(String attribute) {
    return changes.stream().anyMatch(change -> change.attribute().equals(attribute));
  }

  public boolean isChange() {
    return action != Action.NO_OP;
  }

  /** Whether somebody changed the object outside, and this would undo it. */
  public boolean hasDrifted() {
    return isChange() && origin.filter(o -> o == Origin.DRIFT || o == Origin.BOTH).isPresent();
  }
}
