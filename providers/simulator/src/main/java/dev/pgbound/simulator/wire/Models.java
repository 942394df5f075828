package dev.pgbound.simulator.wire;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** What every codec needs to know about the SDK's model classes. */
public final class Models {

  private Models() {}

  /** Whether the member has a value: the SDK shows an unset list or map as an empty one. */
  public static boolean isSet(SdkField<?> field, SdkPojo model) {
    Object value = field.getValueOrDefault(model);
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }

  /** The model that a builder from {@link SdkField#constructor()} describes. */
  public static SdkPojo build(SdkPojo builder) {
    return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
  }

  /**
   * Sets those members of {@code builder} that {@code from} has under the same name and with the
   * same type, and that have no structure of their own: most of what a create request says is found
   * again in the object it creates.
   */
  public static void copyPlain(SdkPojo from, SdkPojo builder) {
    for (SdkField<?> target : builder.sdkFields()) {
      for (SdkField<?> source : from.sdkFields()) {
        if (source.memberName().equals(target.memberName())
            && source.marshallingType().equals(target.marshallingType())
            && isPlain(source)
            && isSet(source, from)) {
          target.set(builder, source.getValueOrDefault(from));
        }
      }
    }
  }

  private static boolean isPlain(SdkField<?> field) {
    return switch (field.marshallingType().getKnownType()) {
      case LIST, MAP, SDK_POJO, DOCUMENT, NULL -> false;
      case STRING,
          INTEGER,
          LONG,
          FLOAT,
          DOUBLE,
          BIG_DECIMAL,
          BOOLEAN,
          INSTANT,
          SDK_BYTES,
          SHORT,
          BYTE ->
          true;
    };
  }

  /** What the items of a list member are. */
  public static SdkField<?> item(SdkField<?> list) {
    return list.getRequiredTrait(ListTrait.class).memberFieldInfo();
  }

  /** What the values of a map member are. */
  public static SdkField<?> value(SdkField<?> map) {
    return map.getRequiredTrait(MapTrait.class).valueFieldInfo();
  }
}
