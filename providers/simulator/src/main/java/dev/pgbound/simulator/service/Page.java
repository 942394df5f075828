package dev.pgbound.simulator.service;

import dev.pgbound.simulator.wire.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as the paged operations of all services answer.
 *
 * @param next the token (NextToken, Marker) that gets the next part; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /**
   * The part that a request asks for, of a service that refuses a token it has not made with {@code
   * InvalidParameterValue}.
   *
   * @see #of(List, Integer, String, int, String)
   */
  public static <T> Page<T> of(
      List<T> all, @Nullable Integer limit, @Nullable String token, int usual) {
    return of(all, limit, token, usual, "InvalidParameterValue");
  }

  /**
   * The part that a request asks for.
   *
   * @param limit how many items the caller wants at most; null for {@code usual}
   * @param token what the part before gave as its next token; null for the first part
   * @param usual how many items the service gives when the caller does not say
   * @param invalidToken the error code of a token that is none
   * @throws Fault when the token is none that this method made
   */
  public static <T> Page<T> of(
      List<T> all,
      @Nullable Integer limit,
      @Nullable String token,
      int usual,
      String invalidToken) {
    int from =
        token == null || token.isEmpty() ? 0 : Math.min(decode(token, invalidToken), all.size());
    int to = Math.min(all.size(), from + (limit == null ? usual : limit));
    return new Page<>(List.copyOf(all.subList(from, to)), to < all.size() ? encode(to) : null);
  }

  private static String encode(int position) {
    byte[] text = ("from:" + position).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  private static int decode(String token, String invalidToken) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
      return Integer.parseInt(text.replaceFirst("^from:", ""));
    } catch (IllegalArgumentException e) {
      throw new Fault(invalidToken, "The token '" + token + "' is invalid");
    }
  }
}
