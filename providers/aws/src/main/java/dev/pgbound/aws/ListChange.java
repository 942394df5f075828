package dev.pgbound.aws;

import dev.pgbound.spi.Value.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the elements of a declared list differ from those that are there.
 *
 * @param missing declared elements that are not there
 * @param different declared elements that are there with other values
 * @param extra the identities of elements that are there and not declared
 */
record ListChange(List<Fields> missing, List<Fields> different, List<Fields> extra) {

  /** Both lists by what identifies an element. What an element does not declare may differ. */
  static ListChange between(Map<Fields, Fields> wanted, Map<Fields, Fields> present) {
    List<Fields> missing = new ArrayList<>();
    List<Fields> different = new ArrayList<>();
    wanted.forEach(
        (identity, element) -> {
          Fields now = present.get(identity);
          if (now == null) {
            missing.add(element);
          } else if (!now.only(element.fields().keySet()).equals(element)) {
            different.add(element);
          }
        });
    List<Fields> extra =
        present.keySet().stream().filter(identity -> !wanted.containsKey(identity)).toList();
    return new ListChange(missing, different, extra);
  }
}
