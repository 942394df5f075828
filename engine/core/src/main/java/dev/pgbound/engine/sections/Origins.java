package dev.pgbound.engine.sections;

import dev.pgbound.engine.config.Pointer;
import dev.pgbound.engine.config.SourceMap;
import dev.pgbound.spi.SourceRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which places of the file the values of one resource come from, so that every finding about the
 * resource can be shown where the user wrote its cause, in the short form too.
 */
public final class Origins {

  private final SourceMap map;
  private final Map<Pointer, Pointer> places;

  /**
   * @param places from attribute paths to places in the file; must hold {@link Pointer#ROOT}
   */
  public Origins(SourceMap map, Map<Pointer, Pointer> places) {
    this.map = map;
    this.places = new LinkedHashMap<>(places);
  }

  /** Where the resource as a whole is declared. */
  public SourceRange range() {
    return map.key(pointer(Pointer.ROOT));
  }

  /** The place in the file that an attribute's value comes from. */
  public Pointer pointer(Pointer attribute) {
    Pointer at = attribute;
    while (!places.containsKey(at) && !at.isRoot()) {
      at = at.parent();
    }
    Pointer place = places.getOrDefault(at, Pointer.ROOT);
    List<String> rest =
        attribute.segments().subList(at.segments().size(), attribute.segments().size());
    Pointer whole = place.append(new Pointer(rest));
    return map.has(whole) ? whole : place;
  }

  public SourceMap map() {
    return map;
  }

  /** The same places, with one attribute and all that is in it coming from elsewhere. */
  public Origins with(Pointer attribute, Pointer place) {
    Map<Pointer, Pointer> more = new LinkedHashMap<>(places);
    int depth = attribute.segments().size();
    more.keySet()
        .removeIf(
            at ->
                at.segments().size() > depth
                    && at.segments().subList(0, depth).equals(attribute.segments()));
    more.put(attribute, place);
    return new Origins(map, more);
  }
}
