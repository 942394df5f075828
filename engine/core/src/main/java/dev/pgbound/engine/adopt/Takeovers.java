package dev.pgbound.engine.adopt;

import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.Plan.Refusal;
import dev.pgbound.spi.Address;
import dev.pgbound.spi.Live;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What taking over would do: which objects get which tags, and what the next plan makes of it.
 *
 * @param all the objects that get tags, in the order of the file's graph
 * @param absent resources for which there is no object; apply creates them
 * @param refusals why it does not begin; empty when it does
 * @param afterwards the plan once the tags are written
 */
public record Takeovers(
    List<Takeover> all, List<Address> absent, List<Refusal> refusals, Plan afterwards) {

  /**
   * An object that gets the tags of a resource.
   *
   * @param movedFrom the address that its tags name now, when the migration owns it already
   * @param live the object as it was found
   * @param tags the tags that it gets: the ownership tags, and what pgbound keeps in others
   */
  public record Takeover(
      Address address, Optional<Address> movedFrom, Live live, Map<String, String> tags) {

    /** What AWS calls the object. */
    public String identifier() {
      return live.identifier();
    }
  }

  public Takeovers {
    all = List.copyOf(all);
    absent = List.copyOf(absent);
    refusals = List.copyOf(refusals);
  }
}
