package dev.pgbound.engine.plan;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.ResourceSchema;
import dev.pgbound.spi.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/** Digests of values: of a live object as planned against, and of what the file declared. */
public final class Fingerprint {

  private static final int NAME_LENGTH = 2;
  private static final int ENTRY_LENGTH = 6;

  /** AWS allows 256 characters in a tag value; 42 entries fill 252. */
  private static final int ENTRIES = 42;

  private Fingerprint() {}

  /** Digest of the live values of the named attributes; changes when one of them is changed. */
  public static String of(ResourceSchema schema, Live live, Collection<String> attributes) {
    StringBuilder text = new StringBuilder(live.identifier());
    for (Attribute attribute : schema.attributes()) {
      boolean compared = !attribute.is(Flag.SENSITIVE) && !attribute.is(Flag.WRITE_ONLY);
      if (compared && attributes.contains(attribute.name())) {
        live.attributes()
            .get(attribute.name())
            .ifPresent(
                value ->
                    text.append('\n')
                        .append(attribute.name())
                        .append('=')
                        .append(canonical(Normal.of(attribute, value))));
      }
    }
    return sha256Hex(text.toString()).substring(0, 16);
  }

  /**
   * The value of the digest tag: for each declared attribute two characters that stand for its name
   * and four for its value, so that a later plan can tell which of them the file has changed since.
   * Of a secret only the reference counts, since that is all that is declared of it.
   */
  public static String digest(ResourceSchema schema, Value.Fields desired) {
    StringBuilder digest = new StringBuilder();
    int entries = 0;
    for (Attribute attribute : schema.attributes()) {
      Optional<Value> value = desired.get(attribute.name());
      if (value.isEmpty() || value.get().isUnknown() || entries == ENTRIES) {
        continue;
      }
      digest.append(entry(attribute, value.get()));
      entries++;
    }
    return digest.toString();
  }

  /**
   * Whether the digest tag says that an attribute was declared with this very value at the last
   * apply; empty when the tag does not know the attribute.
   */
  static Optional<Boolean> wasDeclared(String digest, Attribute attribute, Value value) {
    String entry = entry(attribute, value);
    for (int at = 0; at + ENTRY_LENGTH <= digest.length(); at += ENTRY_LENGTH) {
      if (digest.startsWith(entry.substring(0, NAME_LENGTH), at)) {
        return Optional.of(digest.startsWith(entry, at));
      }
    }
    return Optional.empty();
  }

  private static String entry(Attribute attribute, Value value) {
    String name = base64(attribute.name()).substring(0, NAME_LENGTH);
    String hash = base64(canonical(Normal.of(attribute, value)));
    return name + hash.substring(0, ENTRY_LENGTH - NAME_LENGTH);
  }

  /** One text for equal values: map entries in the order of their names. */
  private static String canonical(Value value) {
    if (value instanceof Value.Fields fields) {
      TreeMap<String, String> sorted = new TreeMap<>();
      fields.fields().forEach((name, entry) -> sorted.put(name, canonical(entry)));
      return sorted.toString();
    }
    return value instanceof Value.Items items
        ? items.items().stream().map(Fingerprint::canonical).toList().toString()
        : value.toString();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(text));
  }

  /** SHA-256 in hexadecimal digits. */
  static String sha256Hex(String text) {
    return HexFormat.of().formatHex(sha256(text));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
