package dev.pgbound.aws;

import dev.pgbound.spi.Context;
import dev.pgbound.spi.Live;
import dev.pgbound.spi.Value;
import java.util.List;
import java.util.Map;

/**
 * How one service reads and writes the tags of its objects. Objects are called by their ARN; in EC2
 * by their id.
 */
interface TagStore {

  /** The tags of these objects, in as few calls as the service allows. */
  Map<String, Map<String, String>> read(List<String> objects);

  /** Adds tags to an object, or overwrites them. */
  void add(String object, Map<String, String> tags);

  /** Gives an object the declared tags and the ownership tags that it lacks. */
  default void complete(String object, Live prior, Value.Fields desired, Context context) {
    Map<String, String> missing = Tags.missing(prior, desired, context);
    if (!missing.isEmpty()) {
      add(object, missing);
    }
  }
}
