package dev.pgbound.simulator.world;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Identifiers that look like AWS's random ones and are the same in every run: they are derived from
 * the request that asks for them and from the moment, so that requests which run side by side get
 * the same identifiers in whatever order they come. None is ever given out twice.
 */
public final class Ids {

  private static final String BASE_36 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private final SortedSet<String> issued = new TreeSet<>();
  private final List<String> fresh = new ArrayList<>();
  private String request = "";

  /** An id such as {@code vpc-0} and 16 hexadecimal digits. */
  public String hex(String prefix) {
    return unique(prefix, prefix + "-0", 16);
  }

  /** Capital letters and digits, such as the last part of a DMS ARN. */
  public String letters(String purpose, int length) {
    for (int attempt = 0; ; attempt++) {
      StringBuilder id = new StringBuilder();
      for (int block = 0; id.length() < length; block++) {
        for (byte each : hash(purpose + '/' + attempt + '/' + block)) {
          id.append(BASE_36.charAt(Math.floorMod(each, BASE_36.length())));
        }
      }
      id.setLength(length);
      if (issue(purpose + '/' + id)) {
        return id.toString();
      }
    }
  }

  /** A UUID. */
  public String uuid(String purpose) {
    String hex = unique(purpose, "", 32);
    return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  /** The id of the request itself; the same request at the same moment has the same one. */
  public String requestId() {
    ByteBuffer bytes = ByteBuffer.wrap(hash("request"));
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  /** From now on identifiers are derived from {@code request}, which says what and when. */
  public void deriveFrom(String request) {
    this.request = request;
  }

  /** The identifiers given out since this was asked last. */
  List<String> takeFresh() {
    List<String> taken = List.copyOf(fresh);
    fresh.clear();
    return taken;
  }

  SortedSet<String> issued() {
    return Collections.unmodifiableSortedSet(issued);
  }

  void restore(String id) {
    issued.add(id);
  }

  private boolean issue(String id) {
    return issued.add(id) && fresh.add(id);
  }

  private String unique(String purpose, String prefix, int digits) {
    for (int attempt = 0; ; attempt++) {
      String hex = HexFormat.of().formatHex(hash(purpose + '/' + attempt)).substring(0, digits);
      String id = prefix + hex;
      if (issue(id)) {
        return id;
      }
    }
  }

  private byte[] hash(String purpose) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((request + '/' + purpose).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
