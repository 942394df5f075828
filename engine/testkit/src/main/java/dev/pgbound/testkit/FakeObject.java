package dev.pgbound.testkit;

import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value.Fields;
import java.util.LinkedHashMap;
import java.util.Map;

/** One object of a {@link FakeWorld}, which guards it. */
final class FakeObject {

  final String type;
  final String identifier;
  Fields attributes;
  Map<String, String> tags;
  Live.State state = Live.State.READY;
  String detail = "";

  /** How many more looks it takes until it is ready or gone. */
  int looks;

  FakeObject(String type, String identifier, Fields attributes, Map<String, String> tags) {
    this.type = type;
    this.identifier = identifier;
    this.attributes = attributes;
    this.tags = new LinkedHashMap<>(tags);
  }

  void becomes(Live.State newState, String newDetail, int newLooks) {
    state = newState;
    detail = newDetail;
    looks = newLooks;
  }

  boolean isCalled(String address) {
    return address.equals(tags.get(Live.ADDRESS_TAG)) || address.equals(type + "." + identifier);
  }

  Live live() {
    return new Live(identifier, attributes, tags, new Live.Health(state, detail));
  }
}
