package dev.pgbound.simulator.seed;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The members of SDK models under the names that seed files use. */
final class Members {

  private Members() {}

  /** The member of this name, in whatever case it is written. */
  static Optional<SdkField<?>> find(SdkPojo model, String name) {
    return fields(model).filter(field -> field.memberName().equalsIgnoreCase(name)).findFirst();
  }

  /** All members as a seed file writes them. */
  static List<String> names(SdkPojo model) {
    return fields(model).map(field -> written(field.memberName())).toList();
  }

  /** A member's documented name with a small first letter. */
  static String written(String member) {
    return member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
  }

  private static Stream<SdkField<?>> fields(SdkPojo model) {
    return model.sdkFields().stream();
  }
}
