package dev.pgbound.tables.expression;

import dev.pgbound.tables.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads an expression with the precedence of SQLite. */
final class Parser {

  /** Operators that bind equally, those that bind least first. */
  private static final List<List<String>> LEVELS =
      List.of(
          List.of("or"),
          List.of("and"),
          List.of("=", "==", "<>", "!="),
          List.of("<", "<=", ">", ">="),
          List.of("+", "-"),
          List.of("*", "/", "%"),
          List.of("||"));

  private static final int COMPARISON = 2;
  private static final int DEEPEST = 100;

  private final List<Token> tokens;
  private int at;
  private int depth;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Node parse(String text) throws ExpressionException {
    Parser parser = new Parser(Token.all(text));
    Node node = parser.level(0);
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected("an operator");
    }
    return node;
  }

  private Node level(int level) throws ExpressionException {
    if (level == LEVELS.size()) {
      return sign();
    }
    if (level == COMPARISON && accept("not")) {
      return new Node.Not(nested(() -> level(level)));
    }
    Node left = level(level + 1);
    while (true) {
      Token operator = peek();
      if (LEVELS.get(level).stream().anyMatch(one -> operator.is(one) || operator.isWord(one))) {
        at++;
        left = new Node.Binary(operator.text(), left, level(level + 1));
      } else if (level == COMPARISON && isPredicate(operator)) {
        left = predicate(left);
      } else {
        return left;
      }
    }
  }

  private boolean isPredicate(Token token) {
    return List.of("is", "isnull", "notnull", "not", "in", "between").stream()
        .anyMatch(token::isWord);
  }

  private Node predicate(Node of) throws ExpressionException {
    if (accept("isnull")) {
      return new Node.IsNull(of);
    }
    if (accept("notnull")) {
      return new Node.Not(new Node.IsNull(of));
    }
    if (accept("is")) {
      boolean not = accept("not");
      expect("null");
      return not ? new Node.Not(new Node.IsNull(of)) : new Node.IsNull(of);
    }
    boolean not = accept("not");
    Node node;
    if (accept("in")) {
      expect("(");
      node = new Node.In(of, list());
    } else if (accept("between")) {
      Node from = level(COMPARISON + 1);
      expect("and");
      node = new Node.Between(of, from, level(COMPARISON + 1));
    } else {
      throw unexpected("in or between");
    }
    return not ? new Node.Not(node) : node;
  }

  private Node sign() throws ExpressionException {
    if (accept("-")) {
      return new Node.Negation(nested(this::sign));
    }
    if (accept("+")) {
      return nested(this::sign);
    }
    return primary();
  }

  private Node primary() throws ExpressionException {
    Token token = peek();
    switch (token.kind()) {
      case NUMBER -> {
        at++;
        return new Node.Literal(number(token.text()));
      }
      case STRING -> {
        at++;
        return new Node.Literal(token.text());
      }
      case COLUMN -> {
        at++;
        return new Node.Variable(token.text());
      }
      case WORD -> {
        return word(token);
      }
      case SIGN, END -> {
        if (accept("(")) {
          Node inside = nested(() -> level(0));
          expect(")");
          return inside;
        }
        throw unexpected("a value");
      }
    }
    throw unexpected("a value");
  }

  private static Object number(String text) {
    // digits alone are a whole number as long as they fit into one
    return text.matches("[0-9]{1,18}") ? (Object) Long.valueOf(text) : Double.valueOf(text);
  }

  private Node word(Token token) throws ExpressionException {
    if (accept("null")) {
      return new Node.Literal(null);
    }
    if (accept("case")) {
      return nested(this::choice);
    }
    Optional<Function> function = Function.of(token.text());
    boolean called = tokens.get(at + 1).is("(");
    if (function.isPresent() && called) {
      at += 2;
      List<Node> arguments = accept(")") ? List.of() : nested(this::list);
      Optional<String> refusal = function.get().refusal(arguments.size());
      if (refusal.isPresent()) {
        throw new ExpressionException(refusal.get(), token.place());
      }
      return new Node.Call(function.get(), arguments);
    }
    throw new ExpressionException(
        called
            ? String.format(
                Locale.ROOT,
                "DMS has no function \"%s\"; it has %s",
                token.text(),
                String.join(", ", Function.words()))
            : String.format(
                Locale.ROOT,
                "\"%s\" is neither a column, which has a $ before its name, nor a string in single quotes",
                token.text()),
        token.place());
  }

  private Node choice() throws ExpressionException {
    Optional<Node> of = peek().isWord("when") ? Optional.empty() : Optional.of(level(0));
    List<Node.When> whens = new ArrayList<>();
    do {
      expect("when");
      Node condition = level(0);
      expect("then");
      whens.add(new Node.When(condition, level(0)));
    } while (peek().isWord("when"));
    Optional<Node> otherwise = accept("else") ? Optional.of(level(0)) : Optional.empty();
    expect("end");
    return new Node.Case(of, whens, otherwise);
  }

  /** What stands between parentheses, of which the first is read already. */
  private List<Node> list() throws ExpressionException {
    List<Node> nodes = new ArrayList<>();
    do {
      nodes.add(level(0));
    } while (accept(","));
    expect(")");
    return nodes;
  }

  private interface Reading<T> {
    T read() throws ExpressionException;
  }

  private <T> T nested(Reading<T> reading) throws ExpressionException {
    if (++depth > DEEPEST) {
      throw new ExpressionException("the expression is nested too deeply", peek().place());
    }
    T read = reading.read();
    depth--;
    return read;
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean accept(String text) {
    boolean found = peek().is(text) || peek().isWord(text);
    at += found ? 1 : 0;
    return found;
  }

  private void expect(String text) throws ExpressionException {
    if (!accept(text)) {
      throw unexpected("\"" + text + "\"");
    }
  }

  private ExpressionException unexpected(String wanted) {
    return new ExpressionException(
        String.format(Locale.ROOT, "%s is expected, but there is %s", wanted, peek()),
        peek().place());
  }
}
