package dev.pgbound.simulator.service.secrets;

import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.world.Ids;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;

/** Makes up passwords by the rules of GetRandomPassword; the same ones in every run. */
final class RandomPassword {

  private static final String LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String NUMBERS = "0123456789";
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final long USUAL_LENGTH = 32;

  private final Ids ids;

  RandomPassword(Ids ids) {
    this.ids = ids;
  }

  String create(GetRandomPasswordRequest rules) {
    long length = rules.passwordLength() == null ? USUAL_LENGTH : rules.passwordLength();
    List<String> alphabets = alphabets(rules);
    boolean each = !Boolean.FALSE.equals(rules.requireEachIncludedType());
    if (alphabets.isEmpty() || (each && length < alphabets.size())) {
      throw new Fault(
          "InvalidParameterException",
          "The password length and the included character types leave no possible password.");
    }
    Random random = new Random(UUID.fromString(ids.uuid("password")).getMostSignificantBits());
    List<Character> password = new ArrayList<>();
    if (each) {
      alphabets.forEach(alphabet -> password.add(pick(alphabet, random)));
    }
    String all = String.join("", alphabets);
    while (password.size() < length) {
      password.add(pick(all, random));
    }
    Collections.shuffle(password, random);
    StringBuilder text = new StringBuilder();
    password.forEach(text::append);
    return text.toString();
  }

  private static List<String> alphabets(GetRandomPasswordRequest rules) {
    List<String> alphabets = new ArrayList<>();
    add(alphabets, LOWERCASE, !Boolean.TRUE.equals(rules.excludeLowercase()), rules);
    add(alphabets, UPPERCASE, !Boolean.TRUE.equals(rules.excludeUppercase()), rules);
    add(alphabets, NUMBERS, !Boolean.TRUE.equals(rules.excludeNumbers()), rules);
    add(alphabets, PUNCTUATION, !Boolean.TRUE.equals(rules.excludePunctuation()), rules);
    add(alphabets, " ", Boolean.TRUE.equals(rules.includeSpace()), rules);
    return alphabets;
  }

  private static void add(
      List<String> alphabets, String alphabet, boolean included, GetRandomPasswordRequest rules) {
    String excluded = rules.excludeCharacters() == null ? "" : rules.excludeCharacters();
    StringBuilder left = new StringBuilder();
    alphabet.chars().filter(c -> excluded.indexOf(c) < 0).forEach(left::appendCodePoint);
    if (included && !left.isEmpty()) {
      alphabets.add(left.toString());
    }
  }

  private static char pick(String alphabet, Random random) {
    return alphabet.charAt(random.nextInt(alphabet.length()));
  }
}
