package dev.pgbound.simulator.world;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an object ends badly.
 *
 * @param status the status in which it ends, such as {@code failed}
 * @param reason shown where the object has a place for it
 */
record Failure(String status, String reason) {

  private static final List<String> STATUS_MEMBERS =
      List.of("Status", "State", "ReplicationInstanceStatus", "DBInstanceStatus");

  /**
   * What happens instead of {@code transition}; empty when that one leaves the status alone.
   *
   * @param members what the object's model has
   */
  Optional<Transition> insteadOf(Transition transition, List<String> members) {
    ObjectNode set = transition.set();
    return STATUS_MEMBERS.stream()
        .filter(members::contains)
        .filter(member -> set != null && set.has(member))
        .findFirst()
        .map(member -> new Transition(transition.at(), failure(member, members)));
  }

  private ObjectNode failure(String member, List<String> members) {
    ObjectNode set = JsonNodeFactory.instance.objectNode().put(member, status);
    if (members.contains("LastFailureMessage")) {
      set.put("LastFailureMessage", reason);
    }
    if (members.contains("FailureMessages")) {
      set.putArray("FailureMessages").add(reason);
    }
    if (members.contains("LastError")) {
      set.putObject("LastError").put("Message", reason);
    }
    if (members.contains("StopReason")) {
      set.put("StopReason", "Stop Reason FATAL_ERROR Error Level FATAL");
    }
    return set;
  }
}
