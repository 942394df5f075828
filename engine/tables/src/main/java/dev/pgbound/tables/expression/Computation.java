package dev.pgbound.tables.expression;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes an expression for one row. */
final class Computation {

  private static final Object TRUE = 1L;
  private static final Object FALSE = 0L;

  private final Expression.Row row;

  Computation(Expression.Row row) {
    this.row = row;
  }

  @Nullable Object value(Node node) {
    if (node instanceof Node.Literal literal) {
      return literal.value();
    }
    if (node instanceof Node.Variable variable) {
      return row.value(variable.name());
    }
    if (node instanceof Node.Negation negation) {
      return Scalars.arithmetic("-", 0L, value(negation.of()));
    }
    if (node instanceof Node.Not not) {
      return not(value(not.of()));
    }
    if (node instanceof Node.Binary binary) {
      return binary(binary);
    }
    if (node instanceof Node.IsNull isNull) {
      return truth(value(isNull.of()) == null);
    }
    if (node instanceof Node.In in) {
      return in(in);
    }
    if (node instanceof Node.Between between) {
      Object of = value(between.of());
      return and(
          Scalars.compare(">=", of, value(between.from())),
          Scalars.compare("<=", of, value(between.to())));
    }
    return node instanceof Node.Case choice ? choice(choice) : call((Node.Call) node);
  }

  private static Object truth(boolean flag) {
    return flag ? TRUE : FALSE;
  }

  private static @Nullable Object not(@Nullable Object value) {
    return value == null ? null : truth(!Scalars.isTrue(value));
  }

  private static @Nullable Object and(@Nullable Object left, @Nullable Object right) {
    if ((left != null && !Scalars.isTrue(left)) || (right != null && !Scalars.isTrue(right))) {
      return FALSE;
    }
    return left == null || right == null ? null : TRUE;
  }

  private @Nullable Object binary(Node.Binary binary) {
    Object left = value(binary.left());
    Object right = value(binary.right());
    return switch (binary.operator()) {
      case "and" -> and(left, right);
      case "or" -> not(and(not(left), not(right)));
      case "||" -> left == null || right == null ? null : Scalars.text(left) + Scalars.text(right);
      case "+", "-", "*", "/", "%" -> Scalars.arithmetic(binary.operator(), left, right);
      default -> Scalars.compare(binary.operator(), left, right);
    };
  }

  private @Nullable Object in(Node.In in) {
    Object of = value(in.of());
    boolean unknown = of == null;
    for (Node one : in.among()) {
      Object equal = Scalars.compare("=", of, value(one));
      if (TRUE.equals(equal)) {
        return TRUE;
      }
      unknown |= equal == null;
    }
    return unknown ? null : FALSE;
  }

  private @Nullable Object choice(Node.Case choice) {
    for (Node.When when : choice.whens()) {
      Object condition = value(when.condition());
      Object holds =
          choice.of().isPresent()
              ? Scalars.compare("=", value(choice.of().get()), condition)
              : condition;
      if (holds != null && Scalars.isTrue(holds)) {
        return value(when.then());
      }
    }
    return choice.otherwise().isPresent() ? value(choice.otherwise().get()) : null;
  }

  private @Nullable Object call(Node.Call call) {
    List<Node> arguments = call.arguments();
    return switch (call.function()) {
      case COALESCE, IFNULL -> {
        for (Node argument : arguments) {
          Object value = value(argument);
          if (value != null) {
            yield value;
          }
        }
        yield null;
      }
      case NULLIF -> {
        Object first = value(arguments.get(0));
        yield TRUE.equals(Scalars.compare("=", first, value(arguments.get(1)))) ? null : first;
      }
      case OPERATION_INDICATOR ->
          switch (Objects.toString(row.value("AR_H_OPERATION"), "INSERT")) {
            case "DELETE" -> value(arguments.get(0));
            case "UPDATE" -> value(arguments.get(1));
            default -> value(arguments.get(2));
          };
      default -> strict(call);
    };
  }

  /** A function that knows nothing when one of its arguments is unknown. */
  private @Nullable Object strict(Node.Call call) {
    Object[] values = new Object[call.arguments().size()];
    for (int i = 0; i < values.length; i++) {
      Object value = value(call.arguments().get(i));
      if (value == null) {
        return call.function() == Function.HEX ? "" : null;
      }
      values[i] = value;
    }
    return Scalars.call(call.function(), values);
  }
}
