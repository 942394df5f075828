package dev.pgbound.engine.sections;

import static dev.pgbound.spi.Attribute.Flag.REQUIRED;
import static dev.pgbound.spi.Attribute.Flag.SENSITIVE;

import dev.pgbound.engine.config.DurationText;
import dev.pgbound.spi.Attribute;
import dev.pgbound.spi.Type;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of the short form: one source for the schema, for {@code explain} and for editors. */
public final class SectionSchemas {

  private static final Type NAME = Type.text();

  private SectionSchemas() {}

  /** One attribute for each section, in the order of the reference. */
  public static Map<String, Attribute> all() {
    Map<String, Attribute> sections = new LinkedHashMap<>();
    for (Attribute section :
        new Attribute[] {
          source(), target(), network(), replication(), tasks(), schema(), alerts()
        }) {
      sections.put(section.name(), section);
    }
    return sections;
  }

  private static Attribute source() {
    Type oracle =
        Type.object(
            of("host", NAME, "Host name of the database, when pgbound makes the secret."),
            of(
                "port",
                Type.integer(1, 65535),
                "Port of the listener, when pgbound makes the secret."),
            of("service", NAME, "Service name or SID.").with(REQUIRED),
            of(
                "secret",
                NAME,
                "Name of a secret that exists, with username, password, host and port."),
            of("username", NAME, "The user of DMS, when pgbound makes the secret."),
            of("password", NAME, "Its password, as ${env.NAME}; pgbound then makes the secret.")
                .with(SENSITIVE),
            of(
                "settings",
                Type.map(Type.any()),
                "Oracle endpoint settings by the names of the AWS API, such as readAheadBlocks."));
    return of(
        SourceSection.NAME,
        Type.object(of("oracle", oracle, "An Oracle database.").with(REQUIRED)),
        "Where the data comes from.");
  }

  private static Attribute target() {
    Type window = Type.text("[A-Za-z0-9:-]+", "times in UTC, such as 03:00-04:00");
    Type aurora =
        Type.object(
            of(
                    "version",
                    Type.text("[0-9]+(\\.[0-9]+)?", "a version in quotes, such as \"16.4\""),
                    "Engine version; \"16\" takes any 16.x.")
                .with(REQUIRED),
            of("instances", Type.sequence(NAME), "Instance classes; the first is the writer.")
                .with(REQUIRED),
            of(
                    "database",
                    Type.text("[A-Za-z][A-Za-z0-9_]{0,62}", "letters, digits and _"),
                    "The database that is loaded.")
                .with(REQUIRED),
            of("masterUsername", NAME, "The master user; dbadmin when left out."),
            of("dmsUsername", NAME, "The user of DMS in the target; dms when left out."),
            of(
                "manageDmsUser",
                Type.bool(),
                "Whether pgbound makes that user, for which it logs in to the database; true."),
            of(
                "parameters",
                Type.map(Type.text()),
                "Cluster parameters; rds.force_ssl is 1 when left out."),
            of("backupRetention", Type.integer(1, 35), "Days that backups are kept; 7."),
            of("backupWindow", window, "Daily backup window in UTC; 03:00-04:00."),
            of("maintenanceWindow", window, "Weekly maintenance window; sun:04:00-sun:05:00."),
            of("deletionProtection", Type.bool(), "Whether AWS itself refuses to delete it."),
            of("finalSnapshot", NAME, "Name of a snapshot that is taken before a deletion."),
            of(
                "monitoring",
                Type.integer(0, 60),
                "Seconds between enhanced monitoring readings; 60, and 0 switches it off."),
            of("performanceInsights", Type.bool(), "Whether Performance Insights is on; true."),
            of(
                "settings",
                Type.map(Type.any()),
                "PostgreSQL endpoint settings by the names of the AWS API."));
    return of(
        TargetSection.NAME,
        Type.object(
            of("aurora-postgresql", aurora, "An Aurora PostgreSQL cluster.").with(REQUIRED)),
        "Where the data goes.");
  }

  private static Attribute network() {
    return of(
        NetworkSection.NAME,
        Type.object(
            of(
                "cidr",
                Type.text("[0-9./]+", "a network such as 10.0.0.0/16"),
                "A network of its own."),
            of("zones", Type.sequence(NAME), "Availability zones; the first two when left out."),
            of("internetGateway", Type.bool(), "Whether the subnets reach the internet."),
            of("vpc", Type.any(), "A VPC that exists: its id, or {tags: {Name: ...}}."),
            of(
                "subnets",
                Type.sequence(Type.any()),
                "Subnets that exist, in two zones or more: ids, or {tags: {Name: ...}}."),
            of(
                "secretsManagerEndpoint",
                Type.bool(),
                "Whether a private way to Secrets Manager is made; true with cidr.")),
        "Where everything runs.");
  }

  private static Attribute replication() {
    return of(
        ReplicationSection.NAME,
        Type.object(
            of(
                    "instance",
                    Type.text("dms\\.[a-z0-9.]+", "a class such as dms.r6i.large"),
                    "Class of the replication instance.")
                .with(REQUIRED),
            of(
                "storage",
                Type.integer(5, 6144),
                "Storage in GB; depends on the class when left out."),
            of("version", NAME, "DMS engine version; the current one when left out."),
            of("multiAz", Type.bool(), "Whether a standby is kept in a second zone; false."),
            of(
                "maintenanceWindow",
                NAME,
                "Weekly maintenance window, such as sun:05:00-sun:06:00.")),
        "The DMS instance that moves the data.");
  }

  private static Attribute tasks() {
    Type tables = Type.sequence(Type.text());
    Type task =
        Type.object(
            of(
                "mode",
                Type.words("full-load", "cdc", "full-load-and-cdc"),
                "What is moved; full-load-and-cdc when left out."),
            of("run", Type.words("running", "stopped"), "Whether the task is to run; running."),
            of("reload", Type.text(), "Any text; another one has all tables loaded again."),
            of("include", tables, "Tables as SCHEMA.TABLE, with * for any characters.")
                .with(REQUIRED),
            of("exclude", tables, "Tables that are left out of those."),
            of(
                "names",
                Type.words("lowercase", "unchanged"),
                "How schemas, tables and columns are called in the target; unchanged."),
            of(
                "beforeLoad",
                Type.words("keep", "truncate", "drop"),
                "What happens to a target table before it is loaded; keep."),
            of("validate", Type.bool(), "Whether DMS compares the rows; true."),
            of(
                "rules",
                Type.sequence(Type.map(Type.any())),
                "Further table mapping rules, as DMS writes them; they come before those for names."),
            of("settings", Type.map(Type.any()), "Task settings, as DMS writes them."));
    return of(TasksSection.NAME, Type.map(task), "What is replicated, by task name.");
  }

  private static Attribute schema() {
    Type paths = Type.sequence(Type.text());
    Type time = Type.text("[1-9][0-9]{0,8}(ms|s|m|h)", "a time such as 10s, 5m or 12h");
    return of(
        SchemaSection.NAME,
        Type.object(
            of(
                "schemas",
                Type.sequence(NAME),
                "Schemas of the target; those that the tasks fill when left out. Scripts run in"
                    + " the first."),
            of("beforeLoad", paths, "Scripts that run before the load: tables and primary keys."),
            of(
                "afterLoad",
                paths,
                "Scripts that run once all rows are loaded: indexes, functions, views."),
            of(
                "cutover",
                paths,
                "Scripts that run at the cutover, when no task runs: foreign keys, triggers."),
            of(
                "phase",
                Type.words("load", "cutover"),
                "How far the migration is to go; with load the scripts of the cutover wait."),
            of("lockTimeout", time, "How long a statement may wait for who uses a table; 10s."),
            of("statementTimeout", time, "How long a statement may take; 12h.")),
        "What the target gets beside rows: folders and files of SQL, from the migration file on.");
  }

  private static Attribute alerts() {
    return of(
        AlertsSection.NAME,
        Type.object(
            of("notify", Type.any(), "E-mail address, or a list of them.").with(REQUIRED),
            of(
                "lagAbove",
                Type.text(DurationText.REGEX, DurationText.FORM),
                "Lag from which on an alarm goes off; 5m.")),
        "Who is told when something is wrong.");
  }

  private static Attribute of(String name, Type type, String doc) {
    return Attribute.named(name, type, doc);
  }
}
