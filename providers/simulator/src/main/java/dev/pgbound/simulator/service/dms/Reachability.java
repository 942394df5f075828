package dev.pgbound.simulator.service.dms;

import software.amazon.awssdk.services.databasemigration.model.Endpoint;

/** Decides whether a replication instance can log in to the database behind an endpoint. */
public interface Reachability {

  /**
   * Logs in, as TestConnection does.
   *
   * @throws ConnectionFailure when the database cannot be reached or turns the login down
   */
  void connect(Endpoint endpoint, Login login) throws ConnectionFailure;

  /** Where an endpoint's database is and who logs in, wherever the endpoint has that from. */
  record Login(String host, int port, String user, String password) {}

  /** Why a connection cannot be made. */
  final class ConnectionFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param summary such as {@code Failed to connect Network error has occurred}
     * @param detail what the network, the driver or the database said
     */
    public ConnectionFailure(String summary, String detail) {
      super(
          "Test Endpoint failed: Application-Status: 1020912, Application-Message: "
              + summary
              + ", Application-Detailed-Message: "
              + detail,
          null,
          false,
          false);
    }

    /** The failure as a connection shows it. */
    public String text() {
      return String.valueOf(getMessage());
    }
  }
}
