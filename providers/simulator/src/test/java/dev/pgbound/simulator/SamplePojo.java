package dev.pgbound.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Fills every member of an SDK model, so that a codec that forgets one is found out. */
final class SamplePojo {

  /** Models that contain themselves are cut off here. */
  private static final int DEPTH = 6;

  /** RDS clients turn this into a PreSignedUrl and do not send it. */
  private static final String STAYS_IN_THE_CLIENT = "SourceRegion";

  private int count;

  private SamplePojo() {}

  static SdkPojo fill(SdkPojo builder) {
    return new SamplePojo().fill(builder, 0);
  }

  private SdkPojo fill(SdkPojo builder, int depth) {
    for (SdkField<?> field : builder.sdkFields()) {
      if (depth < DEPTH && !field.memberName().equals(STAYS_IN_THE_CLIENT)) {
        field.set(builder, sample(field, depth));
      }
    }
    return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
  }

  private Object sample(SdkField<?> field, int depth) {
    count++;
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> field.memberName() + " <&\"é> " + count;
      case INTEGER -> count;
      case LONG -> 5_000_000_000L + count;
      case SHORT -> (short) count;
      case BYTE -> (byte) count;
      case FLOAT -> count + 0.5f;
      case DOUBLE -> count + 0.25;
      case BIG_DECIMAL -> new BigDecimal(count + ".125");
      case BOOLEAN -> count % 2 == 0;
      case INSTANT -> Instant.ofEpochSecond(1_700_000_000L + count);
      case SDK_BYTES -> SdkBytes.fromUtf8String("bytes " + count);
      case SDK_POJO -> fill(field.constructor().get(), depth + 1);
      case LIST -> {
        SdkField<?> item = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
        yield List.of(sample(item, depth), sample(item, depth));
      }
      case MAP -> {
        SdkField<?> value = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
        yield Map.of("key " + count, sample(value, depth), "other", sample(value, depth));
      }
      case NULL, DOCUMENT -> throw new AssertionError("No sample for " + field.memberName());
    };
  }
}
