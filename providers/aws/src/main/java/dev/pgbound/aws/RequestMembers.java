package dev.pgbound.aws;

import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Attribute.Flag;
import dev.pgbound.spi.Type;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What {@link DerivedAttributes} says of the requests that make objects. The build has asked it and
 * keeps the answers in a file: asking makes the SDK set up each of these requests with everything
 * inside, which took half of the time of a short command. Where there is no such file, as in a
 * folder that an editor compiles to, the question is put anew.
 */
final class RequestMembers {

  /** Members that steer the call and say nothing about the object. */
  private static final Set<String> CONTROL =
      Set.of(
          "clientToken",
          "clientRequestToken",
          "dryRun",
          "marker",
          "maxRecords",
          "maxResults",
          "nextToken",
          "tags",
          "tagSpecifications");

  static final String FILE = "request-members.bin";
  private static final Optional<Map<String, List<Attribute>>> KEPT = kept();

  /** How a type begins in the file that {@link RequestIndex} writes. */
  enum Tag {
    TEXT('t'),
    WORDS('w'),
    INT('i'),
    DECIMAL('d'),
    BOOL('b'),
    LIST('l'),
    MAP('m'),
    OBJECT('o'),
    ANY('a');

    private final char sign;

    Tag(char sign) {
      this.sign = sign;
    }

    /** The byte in the file. */
    int sign() {
      return sign;
    }

    private static Tag of(int sign) {
      for (Tag tag : values()) {
        if (tag.sign == sign) {
          return tag;
        }
      }
      throw new IllegalStateException(FILE + " is of another version");
    }
  }

  private RequestMembers() {}

  /** The members that describe the object which the request makes, but for its tags. */
  static List<Attribute> ofObject(Class<? extends SdkPojo> request) {
    return all(request).stream().filter(attribute -> !CONTROL.contains(attribute.name())).toList();
  }

  /** All members of a request. */
  static List<Attribute> all(Class<? extends SdkPojo> request) {
    if (KEPT.isEmpty()) {
      return DerivedAttributes.of(request);
    }
    List<Attribute> members = KEPT.get().get(request.getName());
    if (members == null) {
      throw new IllegalStateException(request.getName() + " is missing in RequestIndex");
    }
    return members;
  }

  private static Optional<Map<String, List<Attribute>>> kept() {
    try (InputStream in = RequestMembers.class.getResourceAsStream(FILE)) {
      return in == null
          ? Optional.empty()
          : Optional.of(read(new DataInputStream(new BufferedInputStream(in, 1 << 16))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, List<Attribute>> read(DataInputStream in) throws IOException {
    Map<String, List<Attribute>> requests = new HashMap<>();
    for (int count = in.readInt(); count > 0; count--) {
      requests.put(in.readUTF(), readAttributes(in));
    }
    return requests;
  }

  private static List<Attribute> readAttributes(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Attribute> attributes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      boolean required = in.readBoolean();
      Attribute attribute = Attribute.named(name, readType(in), in.readUTF());
      attributes.add(required ? attribute.with(Flag.REQUIRED) : attribute);
    }
    return attributes;
  }

  private static Type readType(DataInputStream in) throws IOException {
    return switch (Tag.of(in.readByte())) {
      case TEXT -> Type.text();
      case WORDS -> {
        String[] words = new String[in.readInt()];
        for (int i = 0; i < words.length; i++) {
          words[i] = in.readUTF();
        }
        yield Type.words(words);
      }
      case INT -> Type.integer(in.readLong(), in.readLong());
      case DECIMAL -> Type.decimal();
      case BOOL -> Type.bool();
      case LIST -> Type.sequence(readType(in));
      case MAP -> Type.map(readType(in));
      case OBJECT -> Type.object(readAttributes(in));
      case ANY -> Type.any();
    };
  }
}
