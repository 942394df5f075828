package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import dev.pgbound.spi.Value.Fields;

/** The settings that a task declares, with what DMS does where they are silent. */
record DeclaredSettings(Fields attributes) {

  boolean flag(String section, String key, boolean byDefault) {
    return section(section).flag(key).orElse(byDefault);
  }

  String word(String section, String key, String byDefault) {
    return section(section).text(key).orElse(byDefault);
  }

  long number(String section, String key, long byDefault) {
    return section(section).number(key).map(Number::longValue).orElse(byDefault);
  }

  /** Whether the section is written and not as null. */
  boolean has(String section) {
    return document().get(section).filter(value -> !(value instanceof Value.Null)).isPresent();
  }

  boolean has(String section, String key) {
    return section(section).get(key).filter(value -> !(value instanceof Value.Null)).isPresent();
  }

  Fields section(String section) {
    return document().fields(section);
  }

  /** Whether the task loads what is there, as opposed to changes only. */
  boolean loads() {
    return !migrationType("cdc");
  }

  /** Whether the task replicates changes. */
  boolean replicatesChanges() {
    return !migrationType("full-load");
  }

  /** The path of a setting; where it is not written, of what is written around it. */
  String path(String section, String key) {
    String path = section(section).has(key) ? section + "." + key : section;
    if (!document().has(section)) {
      return attributes.has(TaskSettings.ATTRIBUTE) ? TaskSettings.ATTRIBUTE : "";
    }
    return TaskSettings.ATTRIBUTE + "." + path;
  }

  private Fields document() {
    return attributes.fields(TaskSettings.ATTRIBUTE);
  }

  private boolean migrationType(String word) {
    return attributes.text("migrationType").filter(word::equals).isPresent();
  }
}
