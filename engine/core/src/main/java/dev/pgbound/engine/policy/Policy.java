package dev.pgbound.engine.policy;

/**
 * A rule that every plan of a migration has to meet.
 *
 * @param name the key in the file
 * @param rule an expression in the Common Expression Language, true for a plan that is fine. It
 *     sees {@code plan}, the document of {@code schemas/plan.schema.json} without findings and
 *     digest; a rule that uses {@code change} is asked once for every element of {@code
 *     plan.changes}
 * @param message what a reader is to do when it is not met
 */
public record Policy(String name, String rule, String message) {}
