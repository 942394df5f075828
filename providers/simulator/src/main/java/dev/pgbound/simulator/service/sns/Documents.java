package dev.pgbound.simulator.service.sns;

import static dev.pgbound.simulator.world.World.ACCOUNT;

import dev.pgbound.simulator.wire.Fault;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON documents among the attributes of topics and subscriptions. */
final class Documents {

  private static final String OWNER_POLICY =
      """
      {"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{\
      "Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"Action":[\
      "SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:AddPermission",\
      "SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic",\
      "SNS:Publish"],"Resource":"{topic}","Condition":{"StringEquals":{\
      "AWS:SourceOwner":"{owner}"}}}]}""";

  private static final String DELIVERY_POLICY =
      """
      {"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,\
      "numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,\
      "backoffFunction":"linear"},"disableSubscriptionOverrides":false,\
      "defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}}}""";

  private final JsonMapper mapper = new JsonMapper();

  /** The policy of a topic to which nobody has given one: only its owner may use it. */
  String ownerPolicy(String topicArn) {
    return OWNER_POLICY.replace("{topic}", topicArn).replace("{owner}", ACCOUNT);
  }

  /** A policy as it reads back: without whitespace, actions and resources as lists. */
  String policy(String text) {
    ObjectNode policy = object(text, "Policy Error: null");
    if (policy.get("Statement") instanceof ArrayNode statements) {
      for (JsonNode each : statements) {
        if (each instanceof ObjectNode statement) {
          asList(statement, "Action");
          asList(statement, "Resource");
        }
      }
    }
    return policy.toString();
  }

  private static void asList(ObjectNode statement, String member) {
    JsonNode value = statement.get(member);
    if (value != null && value.isString()) {
      statement.putArray(member).add(value);
    }
  }

  /** A document that reads back as it was given. */
  String checked(String attribute, String text) {
    object(text, attribute + ": failed to parse JSON.");
    return text;
  }

  /** What is in force where a topic's delivery policy leaves something open. */
  String effectiveDelivery(String policy) {
    ObjectNode effective = object(DELIVERY_POLICY, "");
    merge(effective, object(policy, "DeliveryPolicy: failed to parse JSON."));
    return effective.toString();
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    for (Map.Entry<String, JsonNode> member : from.properties()) {
      if (into.get(member.getKey()) instanceof ObjectNode there
          && member.getValue() instanceof ObjectNode more) {
        merge(there, more);
      } else {
        into.set(member.getKey(), member.getValue());
      }
    }
  }

  private ObjectNode object(String text, String complaint) {
    try {
      if (mapper.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      // refused below, as the service does
    }
    throw invalid(complaint);
  }

  static Fault invalid(String complaint) {
    return new Fault("InvalidParameter", "Invalid parameter: " + complaint);
  }

  /** Refuses a value that is not one of those allowed. */
  static void oneOf(String attribute, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw invalid(attribute + " Reason: must be one of " + String.join(", ", allowed));
    }
  }
}
