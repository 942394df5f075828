package dev.pgbound.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One HTTP response to be sent, whoever carries it.
 *
 * @param body the body, to be sent in UTF-8
 */
public record WireResponse(int status, SortedMap<String, String> headers, String body) {

  static WireResponse of(int status, String contentType, String requestId, String body) {
    SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", contentType);
    headers.put("Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
    headers.put("x-amzn-RequestId", requestId);
    return new WireResponse(status, headers, body);
  }

  WireResponse with(String header, String value) {
    SortedMap<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new WireResponse(status, more, body);
  }
}
