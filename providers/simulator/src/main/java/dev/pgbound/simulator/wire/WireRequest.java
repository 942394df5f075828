package dev.pgbound.simulator.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One HTTP request as it came in, whoever carried it: the SDK in this process or a socket.
 *
 * @param line the method and the path, such as {@code POST /}
 * @param host the name the request was sent to
 * @param query the raw query string, empty when there is none
 * @param headers one value per header, names compared without case
 * @param body the body, which is UTF-8 in every protocol here
 */
public record WireRequest(
    String line, String host, String query, SortedMap<String, String> headers, String body) {

  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/([^/]+)/aws4_request");

  /** Copies the headers into an order that ignores case. */
  public WireRequest {
    SortedMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = copy;
  }

  /** A request to the one place that the services with EC2, Query and JSON protocols have. */
  public WireRequest(String host, String query, SortedMap<String, String> headers, String body) {
    this("POST /", host, query, headers, body);
  }

  /** The value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The signing name of the service: from the signature's scope, else the host's first label. */
  public String service() {
    Matcher scope = SCOPE.matcher(header("Authorization").orElse(""));
    return scope.find() ? scope.group(2) : host.replaceFirst("\\..*", "");
  }

  /** The region the request was signed for; without a signature {@code us-east-1}. */
  public String region() {
    Matcher scope = SCOPE.matcher(header("Authorization").orElse(""));
    return scope.find() ? scope.group(1) : "us-east-1";
  }

  /** The parameters of the query string and of a form body. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : (query + "&" + body).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
