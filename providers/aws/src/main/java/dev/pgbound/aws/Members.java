package dev.pgbound.aws;

import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** How the members of AWS API shapes are called in a migration file. */
final class Members {

  private Members() {}

  /**
   * The attribute name of an API member: its first word in lower case, where a run of capitals is
   * one word, as the SDK names its accessors. {@code MultiAZ} is {@code multiAZ}, {@code
   * DBClusterIdentifier} is {@code dbClusterIdentifier}.
   */
  static String attributeName(String member) {
    StringBuilder name = new StringBuilder(member.length());
    int at = 0;
    do {
      name.append(Character.toLowerCase(member.charAt(at++)));
    } while (at < member.length()
        && Character.isUpperCase(member.charAt(at))
        && !(at + 1 < member.length() && Character.isLowerCase(member.charAt(at + 1))));
    return name.append(member, at, member.length()).toString();
  }

  static String attributeName(SdkField<?> field) {
    return attributeName(field.memberName());
  }

  /** The member of {@code shape} with this attribute name. */
  static Optional<SdkField<?>> find(SdkPojo shape, String attribute) {
    for (SdkField<?> field : shape.sdkFields()) {
      if (attributeName(field).equals(attribute)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
