package dev.pgbound.simulator.service.ec2;

import dev.pgbound.simulator.wire.Fault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 network.
 *
 * @param network its first address, as a number
 * @param bits the length of its prefix
 */
record Cidr(long network, int bits) {

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  /** Reads a network; bits beyond the prefix are dropped, as EC2 does. */
  static Cidr parse(@Nullable String text) {
    if (text == null) {
      throw new Fault("MissingParameter", "The request must contain the parameter cidrBlock");
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw malformed(text);
    }
    long address = 0;
    for (int part = 1; part <= 4; part++) {
      int value = Integer.parseInt(form.group(part));
      if (value > 255) {
        throw malformed(text);
      }
      address = address << 8 | value;
    }
    int bits = Integer.parseInt(form.group(5));
    if (bits > 32) {
      throw malformed(text);
    }
    return new Cidr(address & mask(bits), bits);
  }

  private static Fault malformed(String text) {
    return new Fault(
        "InvalidParameterValue",
        "Value (" + text + ") for parameter cidrBlock is invalid. This is not a valid CIDR block.");
  }

  private static long mask(int bits) {
    return 0xFFFFFFFFL << (32 - bits) & 0xFFFFFFFFL;
  }

  boolean contains(Cidr other) {
    return other.bits >= bits && (other.network & mask(bits)) == network;
  }

  boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /** How many addresses it has. */
  long size() {
    return 1L << (32 - bits);
  }

  /** The address at a position, counted from the network's first one. */
  String address(long position) {
    long address = network + position;
    return LongStream.of(address >> 24, address >> 16, address >> 8, address)
        .mapToObj(part -> Long.toString(part & 255))
        .collect(Collectors.joining("."));
  }

  @Override
  public String toString() {
    return address(0) + "/" + bits;
  }
}
