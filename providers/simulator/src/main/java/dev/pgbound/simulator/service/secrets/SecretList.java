package dev.pgbound.simulator.service.secrets;

import static dev.pgbound.simulator.service.secrets.SecretsManager.CHECK;

import dev.pgbound.simulator.service.Operations;
import dev.pgbound.simulator.service.Page;
import dev.pgbound.simulator.wire.Fault;
import dev.pgbound.simulator.wire.ModelJson;
import dev.pgbound.simulator.world.Stored;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SortOrderType;

/** ListSecrets and its filters. */
final class SecretList {

  private static final int LARGEST_PAGE = 100;

  private final Secrets secrets;

  SecretList(Secrets secrets) {
    this.secrets = secrets;
  }

  void register(Operations operations) {
    operations.on("ListSecrets", ListSecretsRequest::builder, this::listSecrets);
  }

  private ListSecretsResponse listSecrets(ListSecretsRequest request) {
    CHECK.range(request.maxResults(), "maxResults", 1, LARGEST_PAGE);
    boolean planned = Boolean.TRUE.equals(request.includePlannedDeletion());
    Comparator<SecretListEntry> order = Comparator.comparing(SecretListEntry::createdDate);
    List<SecretListEntry> found =
        secrets.all().stream()
            .filter(secret -> planned || secret.model().deletedDate() == null)
            .map(SecretList::entry)
            .filter(entry -> request.filters().stream().allMatch(each -> matches(entry, each)))
            .sorted(request.sortOrder() == SortOrderType.ASC ? order : order.reversed())
            .toList();
    Page<SecretListEntry> page =
        Page.of(
            found,
            request.maxResults(),
            request.nextToken(),
            LARGEST_PAGE,
            "InvalidNextTokenException");
    return ListSecretsResponse.builder().secretList(page.items()).nextToken(page.next()).build();
  }

  /** Both models have the same members but for the name of the versions. */
  private static SecretListEntry entry(
      Stored<DescribeSecretResponse, DescribeSecretResponse.Builder> secret) {
    SecretListEntry.Builder entry = SecretListEntry.builder();
    ModelJson.STATE.decode(ModelJson.STATE.encode(secret.view()), entry);
    if (secret.model().hasVersionIdsToStages()) {
      entry.secretVersionsToStages(secret.model().versionIdsToStages());
    }
    return entry.build();
  }

  /** A secret matches when it has one of the values; with {@code !}, when it has it not. */
  private static boolean matches(SecretListEntry secret, Filter filter) {
    Predicate<String> isThere = value -> has(secret, filter, value);
    List<String> unwanted = filter.values().stream().filter(v -> v.startsWith("!")).toList();
    List<String> wanted = filter.values().stream().filter(v -> !v.startsWith("!")).toList();
    return unwanted.stream().map(value -> value.substring(1)).noneMatch(isThere)
        && (wanted.isEmpty() || wanted.stream().anyMatch(isThere));
  }

  private static boolean has(SecretListEntry secret, Filter filter, String value) {
    return switch (filter.key()) {
      case NAME -> startsWith(value, secret.name());
      case DESCRIPTION -> hasPart(value, secret.description());
      case TAG_KEY -> secret.tags().stream().anyMatch(tag -> startsWith(value, tag.key()));
      case TAG_VALUE -> secret.tags().stream().anyMatch(tag -> startsWith(value, tag.value()));
      case PRIMARY_REGION -> startsWith(value, secret.primaryRegion());
      case OWNING_SERVICE -> startsWith(value, secret.owningService());
      case ALL -> hasPart(value, everything(secret));
      case UNKNOWN_TO_SDK_VERSION ->
          throw new Fault(
              "ValidationException",
              "Value '" + filter.keyAsString() + "' at 'filters' is not a filter");
    };
  }

  private static boolean startsWith(String prefix, String text) {
    return text != null && text.startsWith(prefix);
  }

  /** Every word of the value begins a word of the text, in whatever case. */
  private static boolean hasPart(String value, String text) {
    List<String> words = words(text == null ? "" : text);
    return words(value).stream()
        .allMatch(wanted -> words.stream().anyMatch(word -> word.startsWith(wanted)));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{Alnum}]+", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static String everything(SecretListEntry secret) {
    Stream<String> tags = secret.tags().stream().flatMap(tag -> Stream.of(tag.key(), tag.value()));
    Stream<String> members =
        Stream.of(
            secret.name(), secret.description(), secret.owningService(), secret.primaryRegion());
    return String.join(" ", Stream.concat(members, tags).filter(Objects::nonNull).toList());
  }
}
