package dev.pgbound.simulator.copy;

import dev.pgbound.tables.RuleAction;
import dev.pgbound.tables.TargetColumn.Mask;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes values unrecognizable; equal values stay equal. */
final class Masking {

  private Masking() {}

  static String of(Mask mask, Object value) {
    String text = TargetText.plain(value);
    byte[] hash = hash(text);
    if (mask.action() == RuleAction.MASK_HASH) {
      return HexFormat.of().formatHex(hash);
    }
    StringBuilder masked = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character < '0' || character > '9') {
        masked.append(character);
      } else if (mask.action() == RuleAction.MASK_DIGITS) {
        masked.append(mask.character());
      } else {
        masked.append((char) ('0' + Math.floorMod(hash[i % hash.length] + i / hash.length, 10)));
      }
    }
    return masked.toString();
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
