package dev.pgbound.aws;

import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What it means that the service does not find an object: rarely an error. */
final class Absence {

  private Absence() {}

  /** All pages of a describe call; none when the service refuses a filter that nothing fits. */
  static <T> List<T> asEmpty(Supplier<Stream<T>> describe) {
    try {
      return describe.get().toList();
    } catch (ResourceException e) {
      if (AwsErrors.isNotFound(e)) {
        return List.of();
      }
      throw e;
    }
  }

  /** Runs a deletion: an object that is already gone is a success. */
  static void asSuccess(Runnable delete) {
    try {
      delete.run();
    } catch (ResourceException e) {
      if (!AwsErrors.isNotFound(e)) {
        throw e;
      }
    }
  }

  /** The failure of a step whose object was there when the step began. */
  static ResourceException vanished(String type, String identifier) {
    return new ResourceException(
        Kind.NOT_FOUND, "NotFound", type + " " + identifier + " was deleted in the meantime.");
  }
}
