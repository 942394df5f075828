package dev.pgbound.engine.sections;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IPv4 network. */
record Cidr(long address, int prefix) {

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  /** Empty for anything but a network address with its prefix from 16 to 28, as a VPC takes. */
  static Optional<Cidr> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(matcher.group(i));
      if (part > 255) {
        return Optional.empty();
      }
      address = address << 8 | part;
    }
    int prefix = Integer.parseInt(matcher.group(5));
    boolean clean = prefix >= 16 && prefix <= 28 && address % (1L << (32 - prefix)) == 0;
    return clean ? Optional.of(new Cidr(address, prefix)) : Optional.empty();
  }

  /** The {@code index}th network of a sixteenth part or, of a large one, with 254 addresses. */
  Cidr part(int index) {
    int longer = Math.max(24, Math.min(28, prefix + 4));
    return new Cidr(address + ((long) index << (32 - longer)), longer);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d.%d.%d.%d/%d",
        address >> 24 & 255,
        address >> 16 & 255,
        address >> 8 & 255,
        address & 255,
        prefix);
  }
}
