package dev.pgbound.simulator.world;

import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.CopyableBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/**
 * What sort of thing is stored: its name in the state file and the SDK model that describes it.
 *
 * @param name such as {@code ec2/vpc}
 * @param builder the model's builder
 * @param isRegional whether each region has objects of its own
 * @param <T> the SDK model class
 * @param <B> its builder
 */
public record Kind<
    T extends SdkPojo & ToCopyableBuilder<B, T>, B extends SdkPojo & CopyableBuilder<B, T>>(
    String name, Supplier<B> builder, boolean isRegional) {

  /** A kind of which each region has objects of its own. */
  public static <
          T extends SdkPojo & ToCopyableBuilder<B, T>, B extends SdkPojo & CopyableBuilder<B, T>>
      Kind<T, B> regional(String name, Supplier<B> builder) {
    return new Kind<>(name, builder, true);
  }

  /** A kind whose objects are seen from every region, such as IAM roles. */
  public static <
          T extends SdkPojo & ToCopyableBuilder<B, T>, B extends SdkPojo & CopyableBuilder<B, T>>
      Kind<T, B> global(String name, Supplier<B> builder) {
    return new Kind<>(name, builder, false);
  }
}
