package dev.pgbound.aws;

import dev.pgbound.spi.Value;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Brings values into the form in which two spellings that AWS takes for the same are equal. What is
 * not of the expected form passes unchanged: refusing it is not the comparison's business.
 */
final class Normalizers {

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern CIDR =
      Pattern.compile(
          "((?:" + OCTET + "\\.){3}" + OCTET + "|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/(\\d{1,3})");
  private static final Map<String, String> PROTOCOLS =
      Map.of("1", "icmp", "6", "tcp", "17", "udp", "58", "icmpv6", "all", "-1");

  private static final Pattern KEY_ARN = Pattern.compile("arn:[^:]+:kms:[^:]*:[^:]*:key/(.+)");
  private static final Pattern SECRET_ARN =
      Pattern.compile("arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(.+)-[A-Za-z0-9]{6}");

  private Normalizers() {}

  static Value same(Value value) {
    return value;
  }

  /** Names that AWS keeps in lower case, and windows such as {@code Sun:05:00-Sun:06:00}. */
  static Value lowerCase(Value value) {
    return text(value, text -> text.toLowerCase(Locale.ROOT));
  }

  /** An IP protocol: number or name, any case. */
  static Value protocol(Value value) {
    return text(
        value,
        text -> {
          String word = text.toLowerCase(Locale.ROOT);
          return PROTOCOLS.getOrDefault(word, word);
        });
  }

  /** An address range, in which AWS clears the bits behind the prefix. */
  static Value cidr(Value value) {
    return text(value, text -> canonicalCidr(text).orElse(text));
  }

  /** A KMS key, by its id or its ARN. An alias is another thing: AWS answers with the key. */
  static Value kmsKey(Value value) {
    return text(value, text -> KEY_ARN.matcher(text).replaceFirst("$1"));
  }

  /** A secret, by its name or its whole ARN, which ends in six characters that AWS adds. */
  static Value secretName(Value value) {
    return text(value, text -> SECRET_ARN.matcher(text).replaceFirst("$1"));
  }

  /** A text of several lines, whose line ends and whose white space at the end say nothing. */
  static Value lines(Value value) {
    return text(value, text -> text.replace("\r\n", "\n").strip());
  }

  /** Bytes in base64, which may be broken into lines. */
  static Value base64(Value value) {
    return text(value, text -> text.replaceAll("\\s", ""));
  }

  /** A JSON document, given as text or as a tree: member order and spacing say nothing. */
  static Value json(Value value) {
    return sorted(tree(value));
  }

  /**
   * An IAM policy, by its meaning: as {@link #json}, and a list of one element is the element, and
   * the order of actions, resources and principals says nothing.
   */
  static Value policy(Value value) {
    return policyNode(sorted(tree(value)));
  }

  private static Value text(Value value, UnaryOperator<String> change) {
    return value instanceof Value.Text text ? Value.of(change.apply(text.text())) : value;
  }

  private static Value tree(Value value) {
    return value instanceof Value.Text text ? Json.parse(text.text()).orElse(value) : value;
  }

  private static Value sorted(Value value) {
    if (value instanceof Value.Fields map) {
      Map<String, Value> copy = new TreeMap<>();
      map.fields().forEach((name, item) -> copy.put(name, sorted(item)));
      return new Value.Fields(copy);
    }
    return value instanceof Value.Items list
        ? new Value.Items(list.items().stream().map(Normalizers::sorted).toList())
        : value;
  }

  private static Value policyNode(Value value) {
    if (value instanceof Value.Fields map) {
      Map<String, Value> copy = new TreeMap<>();
      map.fields().forEach((name, item) -> copy.put(name, policyNode(item)));
      return new Value.Fields(copy);
    }
    if (value instanceof Value.Items list) {
      List<Value> items =
          new ArrayList<>(list.items().stream().map(Normalizers::policyNode).toList());
      items.sort(Comparator.comparing(Value::toString));
      return items.size() == 1 ? items.get(0) : new Value.Items(items);
    }
    // condition values are texts to IAM, however they are written
    return value instanceof Value.Bool || value instanceof Value.Num
        ? Value.of(value.toString())
        : value;
  }

  private static Optional<String> canonicalCidr(String text) {
    var matcher = CIDR.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      // the pattern lets through only what is parsed as an address, never looked up as a name
      byte[] address = InetAddress.getByName(matcher.group(1)).getAddress();
      int prefix = Integer.parseInt(matcher.group(2));
      for (int bit = prefix; bit < address.length * 8; bit++) {
        address[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
      }
      return Optional.of(InetAddress.getByAddress(address).getHostAddress() + "/" + prefix);
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
