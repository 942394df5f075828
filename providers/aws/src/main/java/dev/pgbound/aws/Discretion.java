package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import java.util.LinkedHashSet;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Keeps secrets that were sent with a call out of AWS's words about it. What is secret the SDK
 * knows: it leaves these members out of the text of a request.
 */
final class Discretion {

  private static final String CONCEALED = "=*** Sensitive Data Redacted ***";

  /** What is shorter is no generated password, and stands in many words. */
  private static final int SHORTEST = 8;

  private final Set<String> secrets = new LinkedHashSet<>();

  private Discretion() {}

  /** The words of AWS about {@code request}, with another word in the place of every secret. */
  static String clean(String words, SdkPojo request) {
    Discretion discretion = new Discretion();
    discretion.collect(request);
    String clean = words;
    for (String secret : discretion.secrets) {
      clean = clean.replace(secret, "(sensitive)");
    }
    return clean;
  }

  private void collect(SdkPojo pojo) {
    String shown = pojo.toString();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value instanceof SdkPojo inner) {
        collect(inner);
      } else if (value instanceof String text && shown.contains(field.memberName() + CONCEALED)) {
        keep(text);
      }
    }
  }

  /** A whole secret is a JSON object, of which AWS may repeat one value. */
  private void keep(String secret) {
    if (secret.length() >= SHORTEST) {
      secrets.add(secret);
    }
    Json.parse(secret)
        .filter(Value.Fields.class::isInstance)
        .ifPresent(
            fields ->
                fields.mapLeaves(
                    leaf -> {
                      keep(leaf.toString());
                      return leaf;
                    }));
  }
}
