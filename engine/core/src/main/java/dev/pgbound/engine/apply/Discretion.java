package dev.pgbound.engine.apply;

import dev.pgbound.spi.Value;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Keeps what a run was entrusted with out of what it says: a service may repeat in a message what
 * it was sent, also in the message of a later step.
 */
final class Discretion {

  /** What is shorter is no secret, and stands in many words. */
  private static final int SHORTEST = 4;

  /** What secrets hold beside the secret: messages about connections need it. */
  private static final Set<String> PUBLIC_FIELDS =
      Set.of("username", "user", "host", "port", "dbname", "database", "engine");

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /** The environment, whose values count as secrets from the moment on they are asked for. */
  UnaryOperator<String> overEnvironment(UnaryOperator<String> environment) {
    return name -> {
      String value = environment.apply(name);
      keep(value);
      return value;
    };
  }

  /** The same for what is read from secret stores. */
  Function<String, Value.Fields> overStore(Function<String, Value.Fields> store) {
    return reference -> {
      Value.Fields found = store.apply(reference);
      Map<String, Value> rest = new LinkedHashMap<>(found.fields());
      rest.keySet().removeAll(PUBLIC_FIELDS);
      new Value.Fields(rest).mapLeaves(this::keep);
      return found;
    };
  }

  private Value keep(Value leaf) {
    keep(leaf instanceof Value.Secret secret ? secret.revealed() : leaf.toString());
    return leaf;
  }

  private void keep(String secret) {
    if (secret.length() >= SHORTEST) {
      secrets.add(secret);
    }
  }

  /** The text with a word in the place of every secret. */
  String clean(String text) {
    // a secret may be a part of another one
    List<String> longestFirst =
        secrets.stream().sorted(Comparator.comparing(String::length).reversed()).toList();
    String clean = text;
    for (String secret : longestFirst) {
      clean = clean.replace(secret, "(sensitive)");
    }
    return clean;
  }
}
