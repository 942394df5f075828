package dev.pgbound.simulator.world;

import dev.pgbound.simulator.wire.Models;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Tags between a map and the {@code Tag} class that each service has of its own. */
public final class Tags {

  private Tags() {}

  /** The tags of a request as a map; a tag without a value has an empty one. */
  public static SortedMap<String, String> read(Collection<? extends SdkPojo> tags) {
    SortedMap<String, String> map = new TreeMap<>();
    for (SdkPojo tag : tags) {
      map.put(member(tag, "Key"), member(tag, "Value"));
    }
    return map;
  }

  /** A map as the tags of an answer. */
  public static <T, B extends SdkPojo & SdkBuilder<B, T>> List<T> write(
      Map<String, String> tags, Supplier<B> builder) {
    return tags.entrySet().stream().map(tag -> fill(builder.get(), tag).build()).toList();
  }

  /** A map as the value of a member that lists tags. */
  static List<SdkPojo> write(Map<String, String> tags, SdkField<?> list) {
    Supplier<SdkPojo> builder = Models.item(list).constructor();
    return tags.entrySet().stream().map(tag -> Models.build(fill(builder.get(), tag))).toList();
  }

  private static <B extends SdkPojo> B fill(B builder, Map.Entry<String, String> tag) {
    for (SdkField<?> field : builder.sdkFields()) {
      if (field.memberName().equals("Key")) {
        field.set(builder, tag.getKey());
      } else if (field.memberName().equals("Value")) {
        field.set(builder, tag.getValue());
      }
    }
    return builder;
  }

  private static String member(SdkPojo tag, String name) {
    for (SdkField<?> field : tag.sdkFields()) {
      if (field.memberName().equals(name) && field.getValueOrDefault(tag) != null) {
        return field.getValueOrDefault(tag).toString();
      }
    }
    return "";
  }
}
