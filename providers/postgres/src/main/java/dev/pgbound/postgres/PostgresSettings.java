package dev.pgbound.postgres;

import java.nio.file.Path;

/**
 * How databases are reached and where files are.
 *
 * @param folder the folder of the migration file, which the paths of scripts begin at
 * @param rootCertificates the certificates of the authorities that vouch for databases, in PEM
 */
public record PostgresSettings(Path folder, Path rootCertificates, Reach reach) {}
