package dev.pgbound.simulator.wire;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Writes an XML answer; {@code names} says what a member is called in it. */
final class XmlDocument {

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;
  private final Function<SdkField<?>, String> names;

  XmlDocument(Function<SdkField<?>, String> names) {
    this.names = names;
    try {
      this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  XmlDocument open(String name) {
    return write(() -> xml.writeStartElement(name));
  }

  XmlDocument namespace(String uri) {
    return write(() -> xml.writeDefaultNamespace(uri));
  }

  XmlDocument close() {
    return write(xml::writeEndElement);
  }

  XmlDocument element(String name, String content) {
    return open(name).write(() -> xml.writeCharacters(content)).close();
  }

  String finish() {
    write(xml::writeEndDocument);
    return text.toString();
  }

  /** The members of a model that have a value, one element each. */
  XmlDocument members(SdkPojo model) {
    for (SdkField<?> field : model.sdkFields()) {
      if (Models.isSet(field, model)) {
        value(names.apply(field), field, field.getValueOrDefault(model));
      }
    }
    return this;
  }

  private void value(String name, SdkField<?> field, Object value) {
    if (value instanceof SdkPojo nested) {
      open(name).members(nested).close();
    } else if (value instanceof List<?> items) {
      list(name, field.getRequiredTrait(ListTrait.class), items);
    } else if (value instanceof Map<?, ?> entries) {
      map(name, field.getRequiredTrait(MapTrait.class), entries);
    } else {
      element(name, Scalars.format(field, value));
    }
  }

  private void list(String name, ListTrait trait, List<?> items) {
    if (trait.isFlattened()) {
      items.forEach(item -> value(name, trait.memberFieldInfo(), item));
      return;
    }
    open(name);
    String itemName = Objects.requireNonNullElse(trait.memberLocationName(), "member");
    items.forEach(item -> value(itemName, trait.memberFieldInfo(), item));
    close();
  }

  private void map(String name, MapTrait trait, Map<?, ?> entries) {
    if (!trait.isFlattened()) {
      open(name);
    }
    entries.forEach(
        (key, value) -> {
          open(trait.isFlattened() ? name : "entry");
          element(trait.keyLocationName(), key.toString());
          value(trait.valueLocationName(), trait.valueFieldInfo(), value);
          close();
        });
    if (!trait.isFlattened()) {
      close();
    }
  }

  private XmlDocument write(XmlStep step) {
    try {
      step.run();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  private interface XmlStep {
    void run() throws XMLStreamException;
  }
}
