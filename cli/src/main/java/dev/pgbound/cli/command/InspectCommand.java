package dev.pgbound.cli.command;

import dev.pgbound.cli.CommandFailure;
import dev.pgbound.cli.Console;
import dev.pgbound.cli.ExitCode;
import dev.pgbound.cli.RehearsedSource;
import dev.pgbound.oracle.OracleCatalog;
import dev.pgbound.oracle.OracleLogin;
import dev.pgbound.tables.catalog.Catalog;
import dev.pgbound.tables.catalog.CatalogText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgbound inspect}. */
@Command(
    name = "inspect",
    description =
        "Writes the catalog of the source: its tables, columns and keys, which 'tables:' of the"
            + " migration file then names. Only reads from Oracle.")
public final class InspectCommand implements Callable<Integer> {

  /** The password must not be seen in lists of processes, nor in the history of a shell. */
  private static final String PASSWORD = "PGBOUND_ORACLE_PASSWORD";

  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "migration.yaml",
      description =
          "The migration file; with --simulate the stand-in for Oracle beside it is read."
              + " Default: ${DEFAULT-VALUE}")
  private Path file = Path.of("migration.yaml");

  @Option(names = "--simulate", description = "Read the stand-in for Oracle of the rehearsal.")
  private boolean simulate;

  @Option(names = "--host", paramLabel = "NAME", description = "Where Oracle is.")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "1521",
      description = "Its port. Default: ${DEFAULT-VALUE}")
  private int port = 1521;

  @Option(names = "--service", paramLabel = "NAME", description = "The service to connect to.")
  private @Nullable String service;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Who logs in; the password is taken from the environment: " + PASSWORD + ".")
  private @Nullable String user;

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description =
          "Only this schema, spelt as Oracle keeps it; repeatable. Default: all that are no part of"
              + " Oracle.")
  private List<String> schemas = new ArrayList<>();

  @Option(
      names = "--lobs",
      description = "Find the longest value of each LOB column; Oracle reads all of them for it.")
  private boolean lobs;

  @Option(
      names = "--out",
      paramLabel = "CATALOG",
      description = "Write the catalog to this file. Default: standard output")
  private @Nullable Path out;

  public InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Catalog catalog = catalog();
    if (catalog.tables().isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "There is no table that the user sees"
              + (schemas.isEmpty() ? "." : " in " + String.join(", ", schemas) + ".")
              + " Spell schemas as Oracle keeps them, mostly in upper case, and grant SELECT on the"
              + " tables.");
    }
    write(CatalogText.of(catalog));
    console.say(
        String.format(
            Locale.ROOT,
            "inspect: %d tables and views in %s",
            catalog.tables().size(),
            catalog.tables().stream()
                .map(table -> table.name().schema())
                .distinct()
                .collect(Collectors.joining(", "))));
    return ExitCode.DONE.code();
  }

  private Catalog catalog() {
    return simulate ? simulated() : real();
  }

  private Catalog simulated() {
    if (host != null || service != null || user != null) {
      throw new CommandFailure(
          ExitCode.WRONG_COMMAND_LINE,
          "--simulate asks no Oracle; leave out --host, --service and --user.");
    }
    Path folder = file.toAbsolutePath().getParent();
    try (RehearsedSource source = RehearsedSource.open(folder == null ? Path.of("") : folder);
        Connection connection = source.connect()) {
      return read(connection);
    } catch (SQLException e) {
      throw unreadable("the stand-in for Oracle", e);
    }
  }

  private Catalog real() {
    OracleLogin login =
        new OracleLogin(
            given("--host", host),
            port,
            given("--service", service),
            given("--user", user),
            console
                .environment()
                .get(PASSWORD)
                .orElseThrow(
                    () ->
                        new CommandFailure(
                            ExitCode.WRONG_COMMAND_LINE,
                            "Set the environment variable " + PASSWORD + " to the password.")));
    if (!OracleLogin.hasDriver()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "There is no JDBC driver for Oracle: its licence is not that of pgbound. Get ojdbc11.jar"
              + " (com.oracle.database.jdbc:ojdbc11) and name it in the environment:"
              + " PGBOUND_DRIVERS=/path/to/ojdbc11.jar");
    }
    try (Connection connection = login.connect()) {
      return read(connection);
    } catch (SQLException e) {
      throw unreadable(login.toString(), e);
    }
  }

  private static String given(String option, @Nullable String value) {
    if (value == null) {
      throw new CommandFailure(
          ExitCode.WRONG_COMMAND_LINE,
          option
              + " is missing. To read Oracle give --host, --service and --user; to read the stand-in"
              + " of a rehearsal, --simulate.");
    }
    return value;
  }

  private static CommandFailure unreadable(String what, SQLException e) {
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new CommandFailure(ExitCode.FAILED, what + " cannot be read: " + why, e);
  }

  private Catalog read(Connection connection) throws SQLException {
    List<String> wanted = schemas.isEmpty() ? OracleCatalog.schemas(connection) : schemas;
    Catalog catalog = OracleCatalog.read(connection, wanted);
    return lobs ? OracleCatalog.measured(connection, catalog) : catalog;
  }

  private void write(String text) {
    if (out == null) {
      console.out().print(text);
      console.out().flush();
      return;
    }
    try {
      Path next = out.resolveSibling(out.getFileName() + ".new");
      Files.writeString(next, text);
      Files.move(next, out, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, out + " cannot be written: " + e.getMessage(), e);
    }
  }
}
