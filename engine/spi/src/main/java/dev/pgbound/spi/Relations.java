package dev.pgbound.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How live objects of one type name others and are named by them. Most of it needs no word: an ARN
 * and an identifier that AWS chose mean one object wherever they stand, and an attribute called
 * like the identifier of a type names objects of that type.
 *
 * @param named the types of objects that an attribute names, by the attribute's own name at any
 *     depth
 * @param partOf the attributes that name what an object is a part of: whoever manages that manages
 *     the part. An empty list names everything
 * @param otherNames the outputs that name an object as well as its identifier does
 * @param head whether a migration is found from objects of this type
 */
public record Relations(
    Map<String, List<String>> named, List<String> partOf, List<String> otherNames, boolean head) {

  /** Nothing beyond what needs no word. */
  public static final Relations NONE = new Relations(Map.of(), List.of(), List.of(), false);

  public Relations {
    named = Map.copyOf(named);
    partOf = List.copyOf(partOf);
    otherNames = List.copyOf(otherNames);
  }

  /** An attribute, at any depth, names objects of these types. */
  public Relations naming(String attribute, String... types) {
    Map<String, List<String>> more = new LinkedHashMap<>(named);
    more.put(attribute, List.of(types));
    return new Relations(more, partOf, otherNames, head);
  }

  /** These attributes name what an object is a part of. */
  public Relations partOf(String... attributes) {
    List<String> more = new ArrayList<>(partOf);
    more.addAll(List.of(attributes));
    return new Relations(named, more, otherNames, head);
  }

  /** These outputs name an object as well as its identifier does. */
  public Relations alsoNamedBy(String... outputs) {
    return new Relations(named, partOf, List.of(outputs), head);
  }

  /** A migration is found from objects of this type. */
  public Relations asHead() {
    return new Relations(named, partOf, otherNames, true);
  }
}
