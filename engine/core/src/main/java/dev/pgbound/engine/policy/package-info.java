/**
 * The rules that a team has for its plans: expressions in the file over the document of a plan. A
 * plan that breaks one is refused.
 */
@NullMarked
package dev.pgbound.engine.policy;

import org.jspecify.annotations.NullMarked;
