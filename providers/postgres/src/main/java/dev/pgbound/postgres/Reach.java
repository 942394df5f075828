package dev.pgbound.postgres;

/** Leads from the host name of a database to where it answers. */
@FunctionalInterface
public interface Reach {

  /** Every database answers where its host name says. */
  Reach DIRECT = (host, port) -> new Way(host, port, false);

  /**
   * Where the database behind a host name answers.
   *
   * @throws dev.pgbound.spi.ResourceException when nothing answers there
   */
  Way to(String host, int port);

  /**
   * A place to connect to.
   *
   * @param isRehearsed whether a simulated database answers, without encryption
   */
  record Way(String host, int port, boolean isRehearsed) {}
}
