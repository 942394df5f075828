package dev.pgbound.aws;

/**
 * What resource types share.
 *
 * @param clients the SDK clients
 * @param discovery finds objects that have names
 * @param tags reads and writes tags, by service
 * @param users finds what uses an object that is to be deleted
 * @param keys tells whose a KMS key is
 */
record Aws(AwsClients clients, Discovery discovery, TagStores tags, Users users, Keys keys) {}
