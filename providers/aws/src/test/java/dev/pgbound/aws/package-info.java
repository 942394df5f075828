@NullMarked
package dev.pgbound.aws;

import org.jspecify.annotations.NullMarked;
