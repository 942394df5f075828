package dev.pgbound.engine.policy;

import dev.pgbound.engine.plan.Plan;
import dev.pgbound.engine.plan.PlanJson;
import dev.pgbound.engine.plan.ResourceChange;
import dev.pgbound.spi.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The document of a plan as plain Java values: maps, lists, texts, truth values, {@code Long} for
 * whole numbers and {@code Double} for others.
 *
 * @param plan the whole document
 * @param changes the elements of its {@code changes}
 */
record PlanFacts(Map<String, Object> plan, Map<Address, Map<String, Object>> changes) {

  static PlanFacts of(Plan plan) {
    JsonNode root = PlanJson.tree(plan);
    Map<Address, Map<String, Object>> changes = new LinkedHashMap<>();
    List<ResourceChange> all = plan.changes();
    for (int i = 0; i < all.size(); i++) {
      changes.put(all.get(i).address(), map(root.path("changes").path(i)));
    }
    return new PlanFacts(map(root), changes);
  }

  private static Map<String, Object> map(JsonNode node) {
    Map<String, Object> map = new LinkedHashMap<>();
    // what is null is nothing that was declared, so that has() says so
    node.properties().stream()
        .filter(one -> !one.getValue().isNull())
        .forEach(one -> map.put(one.getKey(), value(one.getValue())));
    return map;
  }

  private static Object value(JsonNode node) {
    if (node.isObject()) {
      return map(node);
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.values().stream().filter(one -> !one.isNull()).forEach(one -> list.add(value(one)));
      return list;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isNumber()) {
      return node.canConvertToLong() && node.isIntegralNumber()
          ? (Object) node.longValue()
          : (Object) node.doubleValue();
    }
    return node.asString();
  }
}
