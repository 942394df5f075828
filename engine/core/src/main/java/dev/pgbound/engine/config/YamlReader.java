package dev.pgbound.engine.config;

import dev.pgbound.spi.SourceRange;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads one YAML document with the rules of YAML 1.2. Whatever is wrong with the text becomes a
 * diagnostic; no input makes it throw. Reports as much as it can, and gives a document back when
 * the structure of the file is clear, even if there are errors.
 */
public final class YamlReader {

  private YamlReader() {}

  /** Reads the bytes of a migration file; {@code file} is its path as the user gave it. */
  public static Optional<Document> read(String file, byte[] bytes, Diagnostics sink) {
    return read(file, bytes, FileKind.MIGRATION, sink);
  }

  /** Reads the bytes of a file; {@code file} is its path as the user gave it. */
  public static Optional<Document> read(
      String file, byte[] bytes, FileKind kind, Diagnostics sink) {
    if (bytes.length > kind.size()) {
      sink.error(Code.FILE_TOO_LARGE, tooLarge(kind), start(file), Pointer.ROOT);
      return Optional.empty();
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      return read(file, decoder.decode(ByteBuffer.wrap(bytes)).toString(), kind, sink);
    } catch (CharacterCodingException e) {
      reportEncoding(file, bytes, sink);
      return Optional.empty();
    }
  }

  /** Reads the text of a migration file; {@code file} is what diagnostics name as its origin. */
  public static Optional<Document> read(String file, String text, Diagnostics sink) {
    return read(file, text, FileKind.MIGRATION, sink);
  }

  private static Optional<Document> read(
      String file, String text, FileKind kind, Diagnostics sink) {
    if (text.length() > kind.size()) {
      sink.error(Code.FILE_TOO_LARGE, tooLarge(kind), start(file), Pointer.ROOT);
      return Optional.empty();
    }
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    Source source = new Source(file, content);
    sink.attach(source);
    if (reportsControlCharacter(source, content, sink)) {
      return Optional.empty();
    }
    try {
      Optional<Node> root = new NodeReader(source, content, kind, sink).read();
      if (root.isEmpty() || isNothing(root.get())) {
        sink.error(Code.FILE_EMPTY, kind.empty(), start(file), Pointer.ROOT);
        return Optional.empty();
      }
      return Optional.of(new DocumentBuilder(source, kind, sink).build(root.get()));
    } catch (Refused e) {
      return Optional.empty();
    } catch (MarkedYAMLException e) {
      YamlSyntax.report(e, source, sink);
      return Optional.empty();
    } catch (RuntimeException e) {
      // a parser that stumbles over hostile input must not take the run down
      sink.error(
          Code.YAML_SYNTAX,
          "The file cannot be read as YAML. Remove parts of it until the rest is accepted.",
          start(file),
          Pointer.ROOT);
      return Optional.empty();
    }
  }

  private static boolean isNothing(Node root) {
    return root instanceof Node.Scalar scalar
        && scalar.form() == SourceMap.Form.PLAIN
        && scalar.text().isEmpty();
  }

  private static String tooLarge(FileKind kind) {
    return "This file may have " + kind.size() + " bytes at most. " + kind.smaller();
  }

  private static SourceRange start(String file) {
    return new SourceRange(file, 1, 1, 1, 1);
  }

  /** Reports the first character that no text file should hold and that nobody can see. */
  private static boolean reportsControlCharacter(Source source, String text, Diagnostics sink) {
    int place = 0;
    for (int at = 0; at < text.length(); place++) {
      int c = text.codePointAt(at);
      if (isControl(c)) {
        String detail =
            c == 0
                ? "The file holds a zero byte, so it is no text, or it is in the encoding UTF-16."
                    + " Save it as UTF-8."
                : String.format(
                    Locale.ROOT,
                    "The character U+%04X is not visible and not allowed. Delete it and type the"
                        + " line again.",
                    c);
        sink.error(Code.CONTROL_CHARACTER, detail, source.range(place, place + 1), Pointer.ROOT);
        return true;
      }
      at += Character.charCount(c);
    }
    return false;
  }

  /** What YAML forbids, and the three characters that YAML 1.1 takes for line ends. */
  private static boolean isControl(int c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
        || (c >= 0x7F && c < 0xA0)
        || c == 0x2028
        || c == 0x2029
        || (c >= 0xD800 && c <= 0xDFFF)
        || c == 0xFEFF
        || c == 0xFFFE
        || c == 0xFFFF;
  }

  private static void reportEncoding(String file, byte[] bytes, Diagnostics sink) {
    if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
      sink.error(
          Code.NOT_UTF8,
          "The file is in the encoding UTF-16. Save it as UTF-8.",
          start(file),
          Pointer.ROOT);
      return;
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    CharBuffer good = CharBuffer.allocate(bytes.length);
    StandardCharsets.UTF_8.newDecoder().decode(rest, good, true);
    String before = good.flip().toString();
    int place = before.codePointCount(0, before.length());
    sink.error(
        Code.NOT_UTF8,
        String.format(
            Locale.ROOT,
            "The byte 0x%02X here is not UTF-8; the file is probably in an older encoding such as"
                + " Latin-1. Save it as UTF-8.",
            bytes[rest.position()] & 0xFF),
        new Source(file, before).range(place, place + 1),
        Pointer.ROOT);
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length > 1 && bytes[0] == (byte) first && bytes[1] == (byte) second;
  }
}
