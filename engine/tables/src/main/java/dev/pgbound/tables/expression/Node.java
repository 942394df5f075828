package dev.pgbound.tables.expression;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of an expression that has a value. */
sealed interface Node {

  /** A value that is written: a {@code Long}, a {@code Double}, a text or nothing. */
  record Literal(@Nullable Object value) implements Node {}

  /** A column of the source, or what DMS knows about the row and its table. */
  record Variable(String name) implements Node {}

  record Negation(Node of) implements Node {}

  record Not(Node of) implements Node {}

  record Binary(String operator, Node left, Node right) implements Node {}

  record IsNull(Node of) implements Node {}

  record In(Node of, List<Node> among) implements Node {}

  record Between(Node of, Node from, Node to) implements Node {}

  record When(Node condition, Node then) {}

  /**
   * @param of what is compared with each condition; empty when the conditions stand for themselves
   */
  record Case(Optional<Node> of, List<When> whens, Optional<Node> otherwise) implements Node {}

  record Call(Function function, List<Node> arguments) implements Node {}

  /** The parts of this one. */
  default List<Node> children() {
    java.util.ArrayList<Node> children = new java.util.ArrayList<>();
    if (this instanceof Negation negation) {
      children.add(negation.of());
    } else if (this instanceof Not not) {
      children.add(not.of());
    } else if (this instanceof Binary binary) {
      children.addAll(List.of(binary.left(), binary.right()));
    } else if (this instanceof IsNull isNull) {
      children.add(isNull.of());
    } else if (this instanceof In in) {
      children.add(in.of());
      children.addAll(in.among());
    } else if (this instanceof Between between) {
      children.addAll(List.of(between.of(), between.from(), between.to()));
    } else if (this instanceof Case choice) {
      choice.of().ifPresent(children::add);
      choice.whens().forEach(when -> children.addAll(List.of(when.condition(), when.then())));
      choice.otherwise().ifPresent(children::add);
    } else if (this instanceof Call call) {
      children.addAll(call.arguments());
    }
    return children;
  }

  /** This one and everything in it. */
  default void forEach(Consumer<Node> action) {
    action.accept(this);
    children().forEach(child -> child.forEach(action));
  }
}
