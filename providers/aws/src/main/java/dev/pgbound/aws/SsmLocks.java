package dev.pgbound.aws;

import dev.pgbound.spi.LockStore;
import dev.pgbound.spi.ResourceException;
import dev.pgbound.spi.ResourceException.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Locks as parameters of Systems Manager: PutParameter without {@code Overwrite} creates a
 * parameter or refuses. They carry no tag of a migration, because they are no part of it.
 */
final class SsmLocks implements LockStore {

  private final AwsClients clients;

  SsmLocks(AwsClients clients) {
    this.clients = clients;
  }

  @Override
  public boolean put(String migration, String text) {
    try {
      explained(
          migration,
          () ->
              clients
                  .ssm()
                  .putParameter(
                      r ->
                          r.name(name(migration))
                              .type(ParameterType.STRING)
                              .overwrite(false)
                              .description("Held while pgbound applies; see pgbound unlock.")
                              .value(text)));
      return true;
    } catch (ResourceException e) {
      // TooManyUpdates: somebody else writes it at this very moment.
      if (e.kind() == Kind.ALREADY_EXISTS || e.code().equals("TooManyUpdates")) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Optional<String> get(String migration) {
    try {
      return Optional.of(
          explained(migration, () -> clients.ssm().getParameter(r -> r.name(name(migration))))
              .parameter()
              .value());
    } catch (ResourceException e) {
      if (AwsErrors.isNotFound(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void remove(String migration) {
    Absence.asSuccess(
        () ->
            explained(
                migration, () -> clients.ssm().deleteParameter(r -> r.name(name(migration)))));
  }

  private static String name(String migration) {
    return "/pgbound/" + migration + "/lock";
  }

  /** Whoever lacks a permission has to know what it is for. */
  private static <T> T explained(String migration, Supplier<T> call) {
    try {
      return call.get();
    } catch (ResourceException e) {
      if (e.kind() != Kind.ACCESS_DENIED) {
        throw e;
      }
      throw new ResourceException(
          e.kind(),
          e.code(),
          String.format(
              Locale.ROOT,
              "%s The parameter %s is the lock that keeps two runs of the migration apart: apply,"
                  + " destroy and unlock need ssm:GetParameter, ssm:PutParameter and"
                  + " ssm:DeleteParameter on it.",
              e.getMessage(),
              name(migration)),
          e);
    }
  }
}
